import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { version } from './package.ts';

const secondsBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** The figures at `/metrics`. Each app has its own, so that several run in one process. */
export function createMetrics(read: {
  connections: () => number;
  channels: () => number;
  waiting: () => number;
  busUp: () => boolean;
  region: string | undefined;
}) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  gauge('meeting_chat_connections', 'Connections of authenticated clients', read.connections);
  gauge('meeting_chat_channels_open', 'Channels that a local connection has joined', read.channels);
  gauge('meeting_chat_commit_queue', 'Entries that wait to be stored', read.waiting);
  gauge('meeting_chat_bus_up', '1 while other instances are reached', () => (read.busUp() ? 1 : 0));
  new Gauge({
    name: 'meeting_chat_info',
    help: 'Always 1; what this instance is, in its labels',
    labelNames: ['version', 'region'],
    registers,
  }).set({ version, region: read.region ?? '' }, 1);
  return {
    registry,
    committed: new Counter({ name: 'meeting_chat_entries_committed_total', help: 'Entries made durable', registers }),
    commitFailures: new Counter({
      name: 'meeting_chat_commit_failures_total',
      help: 'Writes to the log that failed',
      registers,
    }),
    commitSeconds: new Histogram({
      name: 'meeting_chat_commit_seconds',
      help: 'Time of one write to the log, in seconds',
      buckets: secondsBuckets,
      registers,
    }),
    commitEntries: new Histogram({
      name: 'meeting_chat_commit_entries',
      help: 'Entries in one write to the log',
      buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
      registers,
    }),
    delivered: new Counter({
      name: 'meeting_chat_entries_delivered_total',
      help: 'Entries handed to local connections',
      registers,
    }),
    busLost: new Counter({
      name: 'meeting_chat_bus_lost_total',
      help: 'Messages that other instances may not have got',
      registers,
    }),
    busMalformed: new Counter({
      name: 'meeting_chat_bus_malformed_total',
      help: 'Messages from other instances that were dropped: of an unknown kind or form',
      registers,
    }),
    refused: new Counter({
      name: 'meeting_chat_refused_total',
      help: 'Requests that were refused, by code',
      labelNames: ['code'],
      registers,
    }),
    closed: new Counter({
      name: 'meeting_chat_closed_total',
      help: 'Connections that the server closed, by code',
      labelNames: ['code'],
      registers,
    }),
    storeFailures: new Counter({
      name: 'meeting_chat_store_failures_total',
      help: 'Requests that failed because the database was away',
      registers,
    }),
    faults: new Counter({
      name: 'meeting_chat_faults_total',
      help: 'Errors that nobody expected, by place',
      labelNames: ['where'],
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
