import type { ClientSession } from 'mongodb';
import type { Connection } from './connection.ts';
import type { MessageFields } from './entries.ts';
import { firstSeq, lastSeq, leafDocument, leafOf, written } from './leaves.ts';

/** A channel, and whether its tail is wanted: a leaf of what is there where there is no full one. */
export type Wanted = { channel: string; tail: boolean };
/** `more`: another leaf of the channel is due behind this one. */
type Due = { channel: string; leaf: number; isFull: boolean; more: boolean };

type Indexed = Pick<MessageFields, 'channel' | 'seq' | 'sender' | 'text' | 'mentions' | 'sentAt' | 'deletedAt'>;
const indexed = {
  _id: 0,
  channel: 1,
  seq: 1,
  'sender.id': 1,
  text: 1,
  mentions: 1,
  sentAt: 1,
  deletedAt: 1,
} as const;

/** Makes the next leaf of each of these channels, in one transaction; answers for which of them there are more to make. */
export function leafMaker({ collections: { log, leaves }, transact }: Connection) {
  /** The first that is not full. */
  async function nextLeaves(channels: readonly string[], session: ClientSession): Promise<Map<string, number>> {
    const newest = leaves.aggregate<{ _id: string; until: number }>(
      [
        { $match: { channel: { $in: channels }, part: 0 } },
        { $sort: { channel: 1, part: 1, leaf: -1 } },
        { $group: { _id: '$channel', until: { $first: '$until' } } },
      ],
      { session },
    );
    const next = new Map((await newest.toArray()).map(({ _id, until }) => [_id, leafOf(until + 1)]));
    const others = channels.filter((channel) => !next.has(channel));
    // A channel's first entry decides where its leaves begin.
    const firsts = log.aggregate<{ _id: string; seq: number }>(
      [
        { $match: { channel: { $in: others } } },
        { $sort: { channel: 1, seq: 1 } },
        { $group: { _id: '$channel', seq: { $first: '$seq' } } },
      ],
      { session },
    );
    if (others.length > 0) for (const { _id, seq } of await firsts.toArray()) next.set(_id, leafOf(seq));
    return next;
  }

  async function dueOf(wanted: readonly Wanted[], session: ClientSession): Promise<Due[]> {
    const next = await nextLeaves(
      wanted.map(({ channel }) => channel),
      session,
    );
    const ends = Array.from(next, ([channel, leaf]) => ({
      channel,
      seq: { $in: [lastSeq(leaf), lastSeq(leaf + 1)] },
    }));
    if (ends.length === 0) return [];
    const there = await log.find({ $or: ends }, { session, projection: { _id: 0, channel: 1, seq: 1 } }).toArray();
    const full = new Set(there.map(({ channel, seq }) => `${channel} ${leafOf(seq)}`));
    return wanted.flatMap(({ channel, tail }) => {
      const leaf = next.get(channel);
      if (leaf === undefined) return [];
      const isFull = full.has(`${channel} ${leaf}`);
      const more = isFull && (tail || full.has(`${channel} ${leaf + 1}`));
      return isFull || tail ? [{ channel, leaf, isFull, more }] : [];
    });
  }

  async function messagesOf(due: readonly Due[], session: ClientSession): Promise<Map<string, Indexed[]>> {
    const ranges = due.map(({ channel, leaf }) => ({
      channel,
      type: 'message' as const,
      seq: { $gte: firstSeq(leaf), $lte: lastSeq(leaf) },
    }));
    const messages = new Map(due.map(({ channel }): [string, Indexed[]] => [channel, []]));
    const found = log.find<Indexed>({ $or: ranges }, { projection: indexed, session });
    for (const message of await found.toArray()) messages.get(message.channel)?.push(message);
    return messages;
  }

  return (wanted: readonly Wanted[]): Promise<string[]> =>
    transact(async (session) => {
      const due = await dueOf(wanted, session);
      if (due.length === 0) return [];
      await own(log, due, session);
      const messages = await messagesOf(due, session);
      const writes = due.flatMap(({ channel, leaf, isFull }) => {
        const there = messages.get(channel) ?? [];
        const until = isFull ? lastSeq(leaf) : Math.max(0, ...there.map(({ seq }) => seq));
        if (until === 0) return [];
        const replacement = written(leafDocument(channel, leaf, there, until));
        return [{ replaceOne: { filter: { channel, part: 0, leaf }, replacement, upsert: true } }];
      });
      if (writes.length > 0) await leaves.bulkWrite(writes, { session, ordered: false });
      return due.filter(({ more }) => more).map(({ channel }) => channel);
    });
}

/**
 * One at a time makes or alters a leaf: both write to its first entry, so that of two such transactions one is done anew.
 * Else an edit between the reading and the writing of the indexer would leave the old words in the index.
 */
export async function own(
  log: Connection['collections']['log'],
  owned: readonly { channel: string; leaf: number }[],
  session: ClientSession,
): Promise<void> {
  const firsts = owned.map(({ channel, leaf }) => ({ channel, seq: firstSeq(leaf) }));
  await log.updateMany({ $or: firsts }, { $inc: { touched: 1 } }, { session });
}
