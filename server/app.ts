import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Auditor } from './audit/auditor.ts';
import { PasscodeTries } from './auth/passcode-tries.ts';
import { SharedTries } from './auth/shared-tries.ts';
import { createTokens } from './auth/tokens.ts';
import type { Bus } from './bus/bus.ts';
import { createBus } from './bus/open-bus.ts';
import { Mentions } from './channels/mentions.ts';
import { Profiles } from './channels/profiles.ts';
import type { Parts } from './commands/command.ts';
import { type Config, ConfigError } from './config.ts';
import { demoKey } from './demo-key.ts';
import { Filters } from './filter/filters.ts';
import { filterFile, serverList } from './filter/server-list.ts';
import { Feeds } from './gateway/feeds.ts';
import { Gate } from './gateway/gate.ts';
import { Gateway } from './gateway/gateway.ts';
import { Grants } from './gateway/grants.ts';
import { Live } from './gateway/live.ts';
import { Origins } from './gateway/origin.ts';
import { RateLimiter } from './gateway/rate-limiter.ts';
import { receiveFrom } from './gateway/receive.ts';
import { shareSpending } from './gateway/shared-spending.ts';
import { api } from './http/api.ts';
import { registerAssets } from './http/assets.ts';
import { demo } from './http/demo.ts';
import { registerHealth } from './http/health.ts';
import { createHttpServer } from './http/http-server.ts';
import { Committer } from './log/committer.ts';
import { WorkerLease } from './log/worker-lease.ts';
import { createLog } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { PresenceFanOut } from './presence/fan-out.ts';
import { createPresence } from './presence/open-presence.ts';
import type { PresenceRegistry } from './presence/presence.ts';
import { ReceiptFanOut } from './receipts/receipt-fan-out.ts';
import { ReceiptWriter } from './receipts/receipt-writer.ts';
import { RetentionSweeper } from './retention/sweeper.ts';
import { SharedReads } from './shared-reads.ts';
import { openStorage } from './storage/open-storage.ts';
import type { Storage } from './storage/storage.ts';

/** What a test may bring itself. What it brings is closed with the app. */
export type Overrides = Partial<{ storage: Storage; bus: Bus; presence: PresenceRegistry; now: () => number }>;

export type App = {
  /** Where it listens, without a slash at the end. */
  url: string;
  /** Orderly: not ready, goodbye to the clients, what was accepted is stored, everything is let go. */
  close: () => Promise<void>;
};

/**
 * One instance, listening.
 * @throws ConfigError where a variable names something that cannot be had; the system's error where the port cannot
 */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<App> {
  const now = overrides.now ?? Date.now;
  const log = createLog(config.logLevel);
  if (config.attachments !== 'off')
    log.warn({ attachments: config.attachments }, 'this version carries no attachments: they are refused');
  const metrics = createMetrics({
    connections: () => gateway.connections,
    channels: () => feeds.size,
    waiting: () => committer.waiting,
    busUp: () => bus.up,
    region: config.region,
  });
  // Before anything is opened that it would leave open where it refuses the start.
  const list = serverList(filterFile(config.databaseUrl), log);
  const jwtSecret = config.demo ? await demoKey(config.databaseUrl) : config.jwtSecret;
  const storage = overrides.storage ?? (await openStorage(config.databaseUrl).catch(refuseDatabase));
  const { deployment } = storage;
  const redis = config.redisUrl === undefined ? undefined : { url: config.redisUrl, deployment };
  const bus =
    overrides.bus ??
    createBus(redis, {
      log,
      lost: (messages) => metrics.busLost.inc(messages),
      malformed: (messages) => metrics.busMalformed.inc(messages),
    });
  const presence = overrides.presence ?? createPresence(redis, { log });
  const ids = new WorkerLease({ workers: storage.workers, holder: randomUUID(), log, now });
  const feeds = new Feeds({
    store: storage.log,
    bus,
    log,
    deliver(channel, entries) {
      told.ride(channel);
      gateway.deliver(channel, entries);
    },
  });
  const committer = new Committer({
    store: storage.log,
    log,
    now,
    hasPeers: redis !== undefined,
    nextId: () => ids.next(),
    committed(channel, entries) {
      metrics.committed.inc(entries.length);
      feeds.offer(channel, entries);
      bus.publish(`channel:${channel}`, { kind: 'entries', channel, entries });
    },
    lost: (channel, seq) => bus.publish(`channel:${channel}`, { kind: 'head', channel, head: seq }),
    uncertain: (channels) => feeds.doubt(channels),
    observe({ entries, seconds, failed }) {
      if (failed) return metrics.commitFailures.inc();
      metrics.commitSeconds.observe(seconds);
      metrics.commitEntries.observe(entries);
    },
  });
  const live = new Live(bus, () => gateway);
  const told = new ReceiptFanOut({ storage, live, head: (channel) => feeds.head(channel), log, now });
  const receipts = new ReceiptWriter({
    store: storage.receipts,
    log,
    now,
    raised: (channel, raised) => void told.raised(channel, raised),
  });
  const people = new PresenceFanOut({
    users: storage.users,
    bus,
    log,
    isOpen: (channel) => feeds.isOpen(channel),
    tell: (channel, event) => gateway.tell(channel, { name: 'presence', payload: event }),
  });

  const origins = new Origins(config.allowedOrigins, log);
  const http = await createHttpServer(origins, log, metrics);
  const tokens = await createTokens(http, { ...config, jwtSecret }, log);
  const limiter = new RateLimiter(config.rateLimit, now);
  const spending = shareSpending({ redis, rateLimit: config.rateLimit }, { limiter, log });
  const tries = redis === undefined ? undefined : new SharedTries(redis, log);
  const auditor = new Auditor({ store: storage.audit, log, now });
  const sweeper = new RetentionSweeper({ storage, committer, live, log, now });
  const parts: Parts = {
    storage,
    committer,
    feeds,
    bus,
    tokens,
    presence,
    people,
    receipts,
    limiter,
    filters: new Filters(list.current),
    auditor,
    log,
    now,
    live,
    mentions: new Mentions(storage, now),
    profiles: new Profiles(storage.users, now),
    passcodeTries: new PasscodeTries(now, tries),
    gate: new Gate({ atOnce: 32, waitMs: 4_000 }),
    sharedPeople: new SharedReads(),
    sharedEntries: new SharedReads(),
    access: new Grants(storage),
    authenticated: (session, identity) => gateway.authenticated(session, identity),
  };
  let closing = false;
  // Who asks on asks elsewhere: to end a connection unasked may cost the request that is just on its way.
  http.addHook('onSend', async (_request, reply) => {
    if (closing) void reply.header('connection', 'close');
  });
  await http.register(
    async (routes) => {
      registerHealth(routes, { probe: () => storage.probe(), closing: () => closing, metrics });
      await routes.register(api, { parts, basePath: config.basePath });
      await registerAssets(routes);
      if (config.demo) await routes.register(demo);
    },
    { prefix: config.basePath },
  );
  await http.ready();
  const gateway = new Gateway({ http: http.server, basePath: config.basePath, origins, metrics, parts });

  const close = async () => {
    closing = true;
    await gateway.close();
    await http.close();
    await committer.drain();
    await receipts.drain();
    told.stop();
    feeds.stop();
    spending?.close();
    tries?.close();
    list.close();
    await sweeper.close();
    await auditor.flush();
    await ids.close();
    await presence.close();
    await Promise.all([people.flush(), bus.close()]);
    await storage.close();
  };
  try {
    await ids.start();
    await bus.start(receiveFrom({ ...parts, gateway }));
    await presence.start({
      changed: (user, state) => people.changed(user, state),
      expired: (_user, connection) => gateway.lapsed(connection),
    });
    await http.listen({ host: config.host, port: config.port });
  } catch (error) {
    // Else whoever tries again on another port would find the database in use.
    await close();
    throw error;
  }
  return {
    url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${(http.server.address() as AddressInfo).port}`,
    close,
  };
}

function refuseDatabase(error: unknown): never {
  throw new ConfigError('DATABASE_URL', error instanceof Error ? error.message : String(error));
}
