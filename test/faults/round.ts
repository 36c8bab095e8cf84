import { randomUUID } from 'node:crypto';
import type { Entry } from '../../protocol/entities.ts';
import { TestClient } from '../client.ts';
import { token } from '../tokens.ts';
import { CarefulClient } from './careful-client.ts';
import { check, type Figures } from './checker.ts';
import type { Fault, Instances, Watch } from './faults.ts';
import { emptyHistory, type History, type Shown } from './history.ts';

export type RoundOptions = {
  clients: number;
  /** Acked before the fault strikes, and again after it is over. */
  acks: number;
  /** A sender waits so long after each ack, in ms at most: time for others on a small machine. */
  thinkMs: number;
};

/** A fault that did not hit anything shows nothing. */
export class VoidRound extends Error {
  override readonly name = 'VoidRound';
}

/**
 * Careful clients on all instances write into one channel; the fault strikes while they do; they go on, and then everything
 * is compared. @throws VoidRound
 */
export async function runRound<Target extends Instances>(
  target: Target,
  fault: Fault<Target>,
  options: RoundOptions,
): Promise<Figures> {
  const channel = randomUUID();
  const history = emptyHistory();
  const load = startLoad(target, channel, history, options);
  try {
    await load.watch.acks(options.acks);
    const inFlight = await fault(target, load.watch);
    const faultEndedAt = performance.now();
    if (inFlight === 0) throw new VoidRound('The fault hit nothing.');
    await load.watch.acks(options.acks);
    await load.finish();
    return check(history, await storedIn(target, channel), faultEndedAt);
  } finally {
    load.stop();
  }
}

function startLoad(
  { instances }: Instances,
  channel: string,
  history: History,
  { clients: count, thinkMs }: RoundOptions,
) {
  let writing = true;
  const urls = instances.map(({ url }) => url);
  const clients = Array.from({ length: count }, (_, i) => {
    const name = `user-${i}`;
    let written = 0;
    let thinking = false;
    const think = () => {
      thinking = true;
      setTimeout(() => {
        thinking = false;
        client.kick();
      }, thinkMs * Math.random());
    };
    const next = () => {
      if (!writing || thinking) return undefined;
      think();
      written += 1;
      return `${name} writes ${written}`;
    };
    const jwt = token({ sub: name, meetings: { [channel]: i === 0 ? 'organizer' : 'participant' } });
    const client = new CarefulClient({ name, channel, token: jwt, urls, history, next }, i);
    return client;
  });
  return {
    watch: watchOf(clients, history),
    /** Resolves when all that was written is acked and shown to all. */
    async finish() {
      writing = false;
      const done = () => clients.every((client) => !client.waiting && client.head >= lastAcked(history));
      await until(done, 'a client never got all answers, or all entries');
    },
    stop() {
      writing = false;
      for (const client of clients) client.stop();
    },
  };
}

function watchOf(clients: readonly CarefulClient[], history: History): Watch {
  return {
    acks(more) {
      const wanted = history.acks.length + more;
      return until(() => history.acks.length >= wanted, `${more} more acks never came`);
    },
    shown() {
      const wanted = lastAcked(history);
      return until(() => clients.every(({ head }) => head >= wanted), 'what was acked was never shown to all');
    },
    async inFlight(url) {
      const count = () =>
        clients.filter((client) => client.waiting && client.live && (url === undefined || client.url === url)).length;
      await until(() => count() > 0, 'nothing was ever in flight');
      return count();
    },
  };
}

function lastAcked({ acks }: History): number {
  return acks.reduce((highest, { seq }) => Math.max(highest, seq), 0);
}

const patienceMs = 60_000;

/** Looks after every turn in which something may have come in. */
async function until(holds: () => boolean, otherwise: string): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(otherwise);
    await new Promise((turn) => setTimeout(turn, 5));
  }
}

async function storedIn({ instances }: Instances, channel: string): Promise<Shown[]> {
  const jwt = token({ sub: 'auditor', meetings: [channel] });
  const auditor = await new TestClient(instances[0]?.url ?? '', jwt).connected();
  const entries: Entry[] = await auditor.log(channel);
  auditor.close();
  return entries.flatMap((entry) =>
    entry.type === 'message'
      ? [{ seq: entry.seq, key: entry.key ?? '', sender: entry.sender.id, text: entry.text }]
      : [],
  );
}
