import type { Entry } from '../../../protocol/entities.ts';
import { type Retained, withoutGaps } from '../retained.ts';
import type { Connection } from './connection.ts';
import type { Indexer } from './indexer.ts';

/** As many as are surely altered within the time that one operation has. */
const atOnce = 2_000;
type Aged = { seq: number; sentAt?: number; at?: number };

/**
 * What is kept no longer than its channel wants. Its words go at once, from the index too; the empty documents are marked,
 * and MongoDB's TTL index takes them away within a minute or so.
 */
export function mongoExpiry({ collections: { log, retained } }: Connection, indexer: Indexer) {
  /** The first of the channel's entries from `from` on that is newer; at most the head. */
  async function firstYoung(channel: string, from: number, head: number, time: number): Promise<number> {
    const rest = log
      .find<Aged>({ channel, seq: { $gte: from } }, { projection: { _id: 0, seq: 1, sentAt: 1, at: 1 } })
      .sort({ channel: 1, seq: 1 });
    for await (const { seq, sentAt, at } of rest) if (seq >= head || (sentAt ?? at ?? 0) >= time) return seq;
    return head;
  }

  async function empty(channel: string, from: number, to: number): Promise<void> {
    const range = { channel, seq: { $gte: from, $lt: to } };
    const expiresAt = new Date(0);
    await log.updateMany({ ...range, type: 'message' }, [
      { $set: { text: '', deletedAt: { $ifNull: ['$deletedAt', '$sentAt'] }, expiresAt } },
      { $unset: ['mentions', 'reactions'] },
    ]);
    await log.updateMany({ ...range, type: 'edit' }, { $set: { text: '', expiresAt } });
    await log.updateMany({ ...range, type: { $nin: ['message', 'edit'] } }, { $set: { expiresAt } });
  }

  return {
    async expire(channel: string, time: number): Promise<void> {
      const head = await log.findOne({ channel }, { sort: { channel: -1, seq: -1 }, projection: { seq: 1 } });
      if (!head) return;
      // The head stays; but of an edit, the message of which is gone by then, the words do not.
      await log.updateOne({ channel, seq: head.seq, type: 'edit', at: { $lt: time } }, { $set: { text: '' } });
      const from = (await this.retainedOf(channel))?.first ?? 0;
      const first = await firstYoung(channel, from, head.seq, time);
      if (first <= Math.max(from, 1)) return;
      // In this order: nobody finds by a word what is not there any more, and whoever reads is told what is gone.
      await retained.updateOne({ _id: channel }, { $max: { first }, $set: { at: time } }, { upsert: true });
      for (let seq = from; seq < first; seq += atOnce) await empty(channel, seq, Math.min(seq + atOnce, first));
      await indexer.forget(channel, first);
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
