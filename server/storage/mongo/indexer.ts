import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientSession } from 'mongodb';
import type { Connection } from './connection.ts';
import type { MessageFields } from './entries.ts';
import { type Altered, leafChanges } from './leaf-changes.ts';
import { firstSeq, lastSeq, leafDocument, leafOf } from './leaves.ts';
import { merger } from './merge.ts';

/** Under load, messages come first and searches read a longer tail. */
const usualRest = 3;

type Indexed = Pick<MessageFields, 'seq' | 'sender' | 'text' | 'mentions' | 'sentAt' | 'deletedAt'>;
const indexed = { _id: 0, seq: 1, 'sender.id': 1, text: 1, mentions: 1, sentAt: 1, deletedAt: 1 } as const;

/** Keeps the leaves of the search index. Rests `restFactor` times as long as it works. */
export function indexer(connection: Connection, restFactor = usualRest) {
  const { log, leaves } = connection.collections;
  const changes = leafChanges(leaves);
  const mergeOldest = merger(connection);

  function messagesOf(channel: string, leaf: number, session: ClientSession): Promise<Indexed[]> {
    const seq = { $gte: firstSeq(leaf), $lte: lastSeq(leaf) };
    return log.find<Indexed>({ channel, type: 'message', seq }, { projection: indexed, session }).toArray();
  }

  /**
   * One at a time makes or alters a leaf: both write to its first entry, so that of two such transactions one is done
   * anew. Else an edit between the reading and the writing of the indexer would leave the old words in the index.
   */
  async function own(channel: string, leaf: number, session: ClientSession): Promise<void> {
    await log.updateOne({ channel, seq: firstSeq(leaf) }, { $inc: { touched: 1 } }, { session });
  }

  /** The first that is not full; the channel's first entry decides where they begin. */
  async function nextLeaf(channel: string, session: ClientSession): Promise<number> {
    const newest = { session, sort: { leaf: -1 }, projection: { until: 1 } } as const;
    const last = await leaves.findOne({ channel, part: 0 }, newest);
    if (last) return leafOf(last.until + 1);
    const first = await log.findOne({ channel }, { session, sort: { seq: 1 }, projection: { seq: 1 } });
    return leafOf(first?.seq ?? 1);
  }

  /** Makes the next leaf of a channel; false when its entries are not all there yet. Then `tail` makes one of what there is. */
  function addLeaf(channel: string, tail: boolean): Promise<boolean> {
    return connection.transact(async (session) => {
      const leaf = await nextLeaf(channel, session);
      const isFull = (await log.countDocuments({ channel, seq: lastSeq(leaf) }, { session, limit: 1 })) === 1;
      if (!isFull && !tail) return false;
      await own(channel, leaf, session);
      const messages = await messagesOf(channel, leaf, session);
      const until = isFull ? lastSeq(leaf) : greatestSeq(messages);
      if (until === 0) return false;
      const document = leafDocument(channel, leaf, messages, until);
      await leaves.replaceOne({ channel, part: 0, leaf }, document, { session, upsert: true });
      return isFull;
    });
  }

  /** Channels, and whether their tails are wanted too. */
  const wanted = new Map<string, boolean>();
  const stopped = new AbortController();
  let working: Promise<void> | undefined;

  async function work(): Promise<void> {
    for (const [channel, tail] of wanted) {
      const started = performance.now();
      // Taken out before the look at it: who wants it from now on may know of more than that look sees.
      wanted.delete(channel);
      // After a failure the channel waits for its next full leaf, or for the next who searches it.
      const more = await addLeaf(channel, tail)
        .then((isFull) => isFull || mergeOldest(channel))
        .catch(() => false);
      // At the end, so that one long channel does not keep the others waiting.
      if (more) add(channel, tail);
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
      await own(channel, leafOf(altered.seq), session);
      await changes.alter(channel, altered, session);
    },

    /** The leaves hold nothing any more of what stands before this entry. */
    async forget(channel: string, first: number): Promise<void> {
      await connection.transact(async (session) => {
        await own(channel, leafOf(first), session);
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

/** 0 where there is none. */
function greatestSeq(messages: readonly Indexed[]): number {
  return Math.max(0, ...messages.map(({ seq }) => seq));
}
export type Indexer = ReturnType<typeof indexer>;
