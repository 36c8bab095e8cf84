import type { HeldMessage, HeldStore } from '../storage.ts';
import type { HeldDocument } from './collections.ts';
import { type Connection, isDuplicate } from './connection.ts';

function messageOf({ _id, user, ...message }: HeldDocument): HeldMessage {
  return message;
}

export function mongoHeld({ collections: { held } }: Connection): HeldStore {
  const one = (channel: string, user: string, key: string) => ({ channel, user, key });
  return {
    async put(message) {
      const { channel, sender, key } = message;
      const document = { ...message, user: sender.id };
      try {
        await held.updateOne(one(channel, sender.id, key), { $setOnInsert: document }, { upsert: true });
      } catch (error) {
        // Sent twice at the same moment: it is held.
        if (!isDuplicate(error)) throw error;
      }
    },
    async get(channel, user, key) {
      const found = await held.findOne(one(channel, user, key));
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
    async settle({ channel, user, key }, from, state) {
      const change = state === 'approving' ? { state } : { state, text: '' };
      const { matchedCount } = await held.updateOne(
        { ...one(channel, user, key), state: { $in: [...from] } },
        { $set: change },
      );
      return matchedCount > 0;
    },
    async expire(channel, time) {
      await held.deleteMany({ channel, at: { $lt: time } });
    },
  };
}
