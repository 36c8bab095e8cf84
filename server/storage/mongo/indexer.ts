import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientSession } from 'mongodb';
import type { Connection } from './connection.ts';
import { type Altered, leafChanges } from './leaf-changes.ts';
import { leafOf } from './leaves.ts';
import { leafMaker, own, type Wanted } from './make-leaves.ts';
import { merger } from './merge.ts';

/** Under load, messages come first and searches read a longer tail. */
const usualRest = 3;
/** Few enough that their words do not keep the event loop for long. */
const channelsAtOnce = 8;

/** Keeps the leaves of the search index. Rests `restFactor` times as long as it works. */
export function indexer(connection: Connection, restFactor = usualRest) {
  const { log, leaves } = connection.collections;
  const changes = leafChanges(leaves);
  const makeLeaves = leafMaker(connection);
  const mergeOldest = merger(connection);

  /** Channels, and whether their tails are wanted too. */
  const wanted = new Map<string, boolean>();
  const stopped = new AbortController();
  let working: Promise<void> | undefined;

  /** The first that are wanted. Taken out before the look at them: who wants one from now on may know of more than that look sees. */
  function take(): Wanted[] {
    const some: Wanted[] = [];
    for (const [channel, tail] of wanted) {
      wanted.delete(channel);
      if (some.push({ channel, tail }) === channelsAtOnce) break;
    }
    return some;
  }

  /** Which of them there may be more to do for. A channel that fails waits for its next full leaf, or for the next who searches it. */
  async function index(some: readonly Wanted[]): Promise<Set<string>> {
    const more = new Set(
      await makeLeaves(some).catch(async () => {
        // One of them may be the reason, which is no fault of the others.
        const alone = some.map((one) => makeLeaves([one]).catch(() => []));
        return (await Promise.all(alone)).flat();
      }),
    );
    const others = some.map(({ channel }) => channel).filter((channel) => !more.has(channel));
    if (others.length > 0) for (const channel of await mergeOldest(others).catch(() => [])) more.add(channel);
    return more;
  }

  async function work(): Promise<void> {
    while (wanted.size > 0) {
      const started = performance.now();
      const some = take();
      const more = await index(some);
      // At the end, so that one long channel does not keep the others waiting.
      for (const { channel, tail } of some) if (more.has(channel)) add(channel, tail);
      await sleep((performance.now() - started) * restFactor, undefined, { signal: stopped.signal }).catch(() => {});
      if (stopped.signal.aborted) return;
    }
    working = undefined;
  }

  function add(channel: string, tail: boolean): void {
    wanted.set(channel, tail || wanted.get(channel) === true);
  }

  return {
    /** Brings the leaves of a channel up to date, in a while; with its tail, what fills no leaf yet is in one too. */
    want(channel: string, tail = false): void {
      if (stopped.signal.aborted) return;
      add(channel, tail);
      working ??= work();
    },

    /** Within the transaction that altered this message: its leaf, where there is one, holds what it says now. */
    async alter(channel: string, altered: Altered, session: ClientSession): Promise<void> {
      await own(log, [{ channel, leaf: leafOf(altered.seq) }], session);
      await changes.alter(channel, altered, session);
    },

    /** The leaves hold nothing any more of what stands before this entry. */
    async forget(channel: string, first: number): Promise<void> {
      await connection.transact(async (session) => {
        await own(log, [{ channel, leaf: leafOf(first) }], session);
        await changes.forget(channel, first, session);
      });
    },

    /** Resolves when nothing is wanted any more. */
    async done(): Promise<void> {
      await working;
    },

    async stop(): Promise<void> {
      stopped.abort();
      await working;
    },
  };
}

export type Indexer = ReturnType<typeof indexer>;
