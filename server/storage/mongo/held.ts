import type { Filter } from 'mongodb';
import type { HeldAddress, HeldMessage, HeldStore } from '../storage.ts';
import type { HeldDocument } from './collections.ts';
import { type Connection, isDuplicate } from './connection.ts';

function messageOf({ _id, user, ...message }: HeldDocument): HeldMessage {
  return message;
}

/** Those that wait or are on their way into the log. */
export function waiting(channel: string): Filter<HeldDocument> {
  return { channel, state: { $in: ['waiting', 'approving'] } };
}

export function mongoHeld({ collections: { held } }: Connection): HeldStore {
  const one = ({ channel, user, key }: HeldAddress) => ({ channel, user, key });
  return {
    async put(message) {
      const { channel, sender, key } = message;
      const at = { channel, user: sender.id, key };
      try {
        await held.updateOne(at, { $setOnInsert: { ...message, user: sender.id } }, { upsert: true });
      } catch (error) {
        // Sent twice at the same moment: it is held.
        if (!isDuplicate(error)) throw error;
      }
    },
    async get(at) {
      const found = await held.findOne(one(at));
      return found ? messageOf(found) : undefined;
    },
    list: async (channel, limit) =>
      (await held.find(waiting(channel)).sort({ at: 1 }).limit(limit).toArray()).map(messageOf),
    count: (channel, limit) => held.countDocuments(waiting(channel), { limit }),
    async settle(at, from, state) {
      const change = state === 'approving' ? { state } : { state, text: '' };
      const { matchedCount } = await held.updateOne({ ...one(at), state: { $in: [...from] } }, { $set: change });
      return matchedCount > 0;
    },
    async expire(channel, time) {
      const { deletedCount } = await held.deleteMany({ channel, at: { $lt: time } });
      return deletedCount > 0;
    },
  };
}
