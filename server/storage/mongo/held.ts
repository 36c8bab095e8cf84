import type { HeldAddress, HeldMessage, HeldStore } from '../storage.ts';
import type { HeldDocument } from './collections.ts';
import { type Connection, isDuplicate } from './connection.ts';

function messageOf({ _id, user, ...message }: HeldDocument): HeldMessage {
  return message;
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
      (
        await held
          .find({ channel, state: { $in: ['waiting', 'approving'] } })
          .sort({ channel: 1, at: 1 })
          .limit(limit)
          .toArray()
      ).map(messageOf),
    async settle(at, from, state) {
      const change = state === 'approving' ? { state } : { state, text: '' };
      const { matchedCount } = await held.updateOne({ ...one(at), state: { $in: [...from] } }, { $set: change });
      return matchedCount > 0;
    },
    async expire(channel, time) {
      await held.deleteMany({ channel, at: { $lt: time } });
    },
  };
}
