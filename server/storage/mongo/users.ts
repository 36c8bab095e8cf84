import type { StoredUser, UserStore } from '../storage.ts';
import { askedAtOnce, batched, foundOf } from './batched.ts';
import type { UserDocument } from './collections.ts';
import { type Connection, isDuplicate, upsert } from './connection.ts';

function userOf({ _id, ...user }: UserDocument): StoredUser {
  return { id: _id, ...user };
}

export function mongoUsers({ collections: { users, blocks } }: Connection): UserStore {
  const known = batched(async (lists: readonly (readonly string[])[]) => {
    const found = await users.find({ _id: { $in: [...new Set(lists.flat())] } }).toArray();
    const byId = new Map(found.map((user) => [user._id, userOf(user)]));
    return (ids: readonly string[]) => foundOf(ids, (id) => byId.get(id));
  }, askedAtOnce);

  const putOne = batched(async (profiles: readonly StoredUser[]) => {
    const updates = profiles.map(({ id, name, picture, provider }) => {
      const gone = true as const;
      const unset = {
        ...(picture === undefined && { picture: gone }),
        ...(provider === undefined && { provider: gone }),
      };
      const update = { $set: { name, picture, provider }, $unset: unset };
      return { updateOne: { filter: { _id: id }, update, upsert: true } };
    });
    await upsert(() => users.bulkWrite(updates));
    return () => undefined;
  });

  const blockedByOne = batched(async (blockers: readonly string[]) => {
    const found = await blocks
      .find({ user: { $in: [...new Set(blockers)] } })
      .sort({ user: 1, blocked: 1 })
      .toArray();
    return (blocker: string) => found.filter(({ user }) => user === blocker).map(({ blocked }) => blocked);
  });

  return {
    put: (profile) => putOne(profile),
    get: (ids) => (ids.length === 0 ? Promise.resolve(new Map()) : known(ids)),
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
      await upsert(() => users.bulkWrite(updates, { ordered: false }));
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
    blockedBy: (user) => blockedByOne(user),
  };
}
