import type { Collection } from 'mongodb';
import { type Erased, withoutUser } from '../erase.ts';
import type { Storage } from '../storage.ts';
import type { Connection } from './connection.ts';
import {
  changeDocument,
  type EntryDocument,
  type EntryFields,
  entryOf,
  newMessageDocument,
  readable,
} from './entries.ts';
import type { Indexer } from './indexer.ts';

/** Every channel that has a log: one look into the index for each. */
export async function channelsLogged(log: Collection<EntryDocument>): Promise<string[]> {
  const found = log.aggregate<{ _id: string }>([
    { $sort: { channel: 1, seq: 1 } },
    { $group: { _id: '$channel', first: { $first: '$seq' } } },
  ]);
  return (await found.toArray()).map(({ _id }) => _id);
}

export function mongoEraser({ collections, transact }: Connection, indexer: Indexer): Storage['erase'] {
  const { audit: _, log, channels, members, receipts, users, blocks, held, subjects } = collections;

  async function seqsIn(channel: string, user: string): Promise<number[]> {
    const anywhere = [{ 'sender.id': user }, { by: user }, { mentions: user }, { 'reactions.users': user }];
    const found = await log.find({ channel, $or: anywhere }, { projection: { _id: 0, seq: 1 } }).toArray();
    return found.map(({ seq }) => seq);
  }

  /** With its effect on the index, or not at all. */
  function eraseEntry(channel: string, seq: number, erased: Erased): Promise<void> {
    return transact(async (session) => {
      const found = await log.findOne<EntryFields>({ channel, seq }, { session, projection: readable });
      if (!found) return;
      const [entry, left] = [entryOf(found), withoutUser(entryOf(found), erased)];
      // Every stored message has its key. Written anew, because the sender may be in its name.
      const document =
        left.type === 'message'
          ? newMessageDocument(channel, { key: `erased-${seq}`, ...left })
          : changeDocument(channel, left);
      await log.deleteOne({ channel, seq }, { session });
      await log.insertOne(document, { session });
      if (entry.type === 'message' && left.type === 'message') {
        await indexer.alter(channel, { seq, before: entry, after: left }, session);
      }
    });
  }

  return async (user, instead) => {
    for (const channel of await channelsLogged(log)) {
      for (const seq of await seqsIn(channel, user)) await eraseEntry(channel, seq, { user, instead });
    }
    await members.deleteMany({ user });
    await receipts.deleteMany({ user });
    await blocks.deleteMany({ $or: [{ user }, { blocked: user }] });
    await held.deleteMany({ user });
    await channels.updateMany({ owner: user }, { $set: { owner: instead } });
    await channels.updateMany({ 'settings.between': user }, { $set: { 'settings.between.$': instead } });
    await users.deleteOne({ _id: user });
    await subjects.deleteOne({ _id: user });
  };
}
