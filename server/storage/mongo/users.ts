import type { StoredUser, UserStore } from '../storage.ts';
import type { UserDocument } from './collections.ts';
import { type Connection, isDuplicate } from './connection.ts';

function userOf({ _id, ...user }: UserDocument): StoredUser {
  return { id: _id, ...user };
}

export function mongoUsers({ collections: { users, blocks } }: Connection): UserStore {
  return {
    async put({ id, name, picture, provider }) {
      const gone = true as const;
      const unset = {
        ...(picture === undefined && { picture: gone }),
        ...(provider === undefined && { provider: gone }),
      };
      const put = () =>
        users.updateOne({ _id: id }, { $set: { name, picture, provider }, $unset: unset }, { upsert: true });
      await put().catch((error: unknown) => (isDuplicate(error) ? put() : Promise.reject(error)));
    },
    async get(ids) {
      const found = await users.find({ _id: { $in: [...ids] } }).toArray();
      return new Map(found.map((user) => [user._id, userOf(user)]));
    },
    async seen(marks) {
      if (marks.length === 0) return;
      const updates = marks.map(({ user, at }) => ({
        updateOne: {
          filter: { _id: user },
          // Someone who was seen before their profile came goes by their id until then.
          update: { $max: { lastSeen: at }, $setOnInsert: { name: user } },
          upsert: true,
        },
      }));
      const write = () => users.bulkWrite(updates, { ordered: false });
      await write().catch((error: unknown) => (isDuplicate(error) ? write() : Promise.reject(error)));
    },
    async block(user, blocked) {
      try {
        await blocks.updateOne({ user, blocked }, { $setOnInsert: { user, blocked } }, { upsert: true });
      } catch (error) {
        // Blocked at the same moment on another device.
        if (!isDuplicate(error)) throw error;
      }
    },
    async unblock(user, blocked) {
      await blocks.deleteOne({ user, blocked });
    },
    async blockedBy(user) {
      return blocks
        .find({ user })
        .sort({ user: 1, blocked: 1 })
        .map(({ blocked }) => blocked)
        .toArray();
    },
  };
}
