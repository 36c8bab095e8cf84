import type { Entry } from '../../../protocol/entities.ts';
import { type Retained, withoutGaps } from '../retained.ts';
import type { Connection } from './connection.ts';
import type { Indexer } from './indexer.ts';

/** As many as are surely altered within the time that one operation has. */
const atOnce = 2_000;
type Aged = { seq: number; sentAt?: number; at?: number };
type Range = { channel: string; seq: { $gte: number; $lt: number } };

/** From the first entry up to the second, in pieces. */
function rangesOf(channel: string, from: number, to: number): Range[] {
  return Array.from({ length: Math.ceil((to - from) / atOnce) }, (_, n) => {
    const $gte = from + n * atOnce;
    return { channel, seq: { $gte, $lt: Math.min($gte + atOnce, to) } };
  });
}

/**
 * What is kept no longer than its channel wants. Its words go at once, from the index too; then the empty documents are marked,
 * and MongoDB's TTL index takes them away within a minute or so.
 */
export function mongoExpiry({ collections: { log, retained } }: Connection, indexer: Indexer) {
  /** The first of the channel's entries that is not marked: where a sweep that was cut off begins anew. */
  async function firstLeft(channel: string): Promise<number> {
    const options = { sort: { channel: 1, seq: 1 }, projection: { _id: 0, seq: 1 } } as const;
    return (await log.findOne({ channel, expiresAt: { $exists: false } }, options))?.seq ?? 1;
  }

  /** The first of the channel's entries from `from` on that is newer; at most the head. */
  async function firstYoung(channel: string, from: number, head: number, time: number): Promise<number> {
    const rest = log
      .find<Aged>({ channel, seq: { $gte: from } }, { projection: { _id: 0, seq: 1, sentAt: 1, at: 1 } })
      .sort({ channel: 1, seq: 1 });
    for await (const { seq, sentAt, at } of rest) if (seq >= head || (sentAt ?? at ?? 0) >= time) return seq;
    return head;
  }

  async function empty(range: Range): Promise<void> {
    await log.updateMany({ ...range, type: 'message' }, [
      { $set: { text: '', deletedAt: { $ifNull: ['$deletedAt', '$sentAt'] } } },
      { $unset: ['mentions', 'reactions'] },
    ]);
    await log.updateMany({ ...range, type: 'edit' }, { $set: { text: '' } });
  }

  async function mark(range: Range): Promise<void> {
    await log.updateMany(range, { $set: { expiresAt: new Date(0) } });
  }

  return {
    async expire(channel: string, time: number): Promise<void> {
      const head = await log.findOne({ channel }, { sort: { channel: -1, seq: -1 }, projection: { seq: 1 } });
      if (!head) return;
      // The head stays; but of an edit, the message of which is gone by then, the words do not.
      await log.updateOne({ channel, seq: head.seq, type: 'edit', at: { $lt: time } }, { $set: { text: '' } });
      const from = await firstLeft(channel);
      const first = await firstYoung(channel, from, head.seq, time);
      if (first <= from) return;
      // In this order: whoever reads is told what is gone, and nothing is marked whose words are still in the log or in the index.
      await retained.updateOne({ _id: channel }, { $max: { first }, $set: { at: time } }, { upsert: true });
      for (const range of rangesOf(channel, from, first)) await empty(range);
      await indexer.forget(channel, first);
      for (const range of rangesOf(channel, from, first)) await mark(range);
    },
    async retainedOf(channel: string): Promise<Retained | undefined> {
      return (await retained.findOne({ _id: channel })) ?? undefined;
    },
    async whole(channel: string, entries: Entry[], since: number, limit: number): Promise<Entry[]> {
      const known = await this.retainedOf(channel);
      return known === undefined ? entries : withoutGaps(entries, since, limit, known);
    },
  };
}
