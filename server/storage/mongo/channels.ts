import { randomUUID } from 'node:crypto';
import type { Collection } from 'mongodb';
import type { ChannelStore, StoredChannel, StoredMember } from '../storage.ts';
import { batched } from './batched.ts';
import { type ChannelDocument, type MemberDocument, type Membership, nameOf } from './collections.ts';
import { type Connection, isDuplicate } from './connection.ts';
import { listsOfEach, ofEach } from './of-each.ts';

function channelOf({ _id, revision: _, ...channel }: ChannelDocument): StoredChannel {
  return { id: _id, ...channel };
}

function memberOf({ user, role, joinedAt, muted, removed, invited, appointed }: MemberDocument): StoredMember {
  return {
    user,
    role,
    joinedAt,
    ...(muted && { muted }),
    ...(removed && { removed }),
    ...(invited && { invited }),
    ...(appointed && { appointed }),
  };
}

type Listed = { channel: string; limit: number };
type MemberPut = Parameters<ChannelStore['putMember']>[1];

/** As many as are surely removed within the time that one operation has. */
const removedAtOnce = 5_000;

/** Two that make the same document at the same moment: one is refused, and finds it made when it tries again. */
async function again<Result>(upsert: () => Promise<Result>): Promise<Result> {
  try {
    return await upsert();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return upsert();
  }
}

/** The members of each of these channels, organizers first. Apart, so that a test can ask how it is answered. */
export function memberLists(
  members: Collection<MemberDocument>,
  each: readonly Pick<Listed, 'channel'>[],
  limit: number,
) {
  return ofEach<MemberDocument>(
    members,
    each.map(({ channel }) => ({ channel })),
    [
      { $match: { removed: false, $expr: { $eq: ['$channel', '$$channel'] } } },
      { $sort: { channel: 1, removed: 1, role: 1, joinedAt: 1, user: 1 } },
      { $limit: limit },
    ],
  );
}

export function mongoChannels({ collections }: Connection): ChannelStore {
  const { channels, held, members, receipts, leaves, log } = collections;
  const after = { returnDocument: 'after' } as const;

  const one = batched(async (ids: readonly string[]) => {
    const found = await channels.find({ _id: { $in: [...new Set(ids)] } }).toArray();
    const byId = new Map(found.map((channel) => [channel._id, channel]));
    return (id: string) => byId.get(id);
  });

  const memberOne = batched(async (asked: readonly Membership[]) => {
    const users = new Map<string, string[]>();
    for (const { channel, user } of asked) users.set(channel, [...(users.get(channel) ?? []), user]);
    const wanted = Array.from(users, ([channel, names]) => ({ channel, user: { $in: names } }));
    const found = await members.find(wanted.length === 1 ? { ...wanted[0] } : { $or: wanted }).toArray();
    const byName = new Map(found.map((member) => [nameOf(member), member]));
    return (membership: Membership) => byName.get(nameOf(membership));
  });

  const listOne = listsOfEach((each: readonly Listed[], limit) => memberLists(members, each, limit), memberOf);

  const putMemberOne = batched(async (puts: readonly ({ channel: string } & MemberPut)[]) => {
    const updates = puts.map(({ channel, user, at, ...given }) => {
      const fresh = { role: 'participant' as const, muted: false, removed: false, invited: false, appointed: false };
      const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      const kept = Object.fromEntries(
        Object.entries({ ...fresh, joinedAt: at }).map(([name, value]) => [name, { $ifNull: [`$${name}`, value] }]),
      );
      // An organizer's word on the role stands against a token's.
      const role = given.role !== undefined &&
        given.appointed === undefined && {
          role: { $cond: ['$appointed', '$role', given.role] },
        };
      return {
        updateOne: { filter: { channel, user }, update: [{ $set: { ...kept, ...set, ...role } }], upsert: true },
      };
    });
    await again(() => members.bulkWrite(updates));
    return () => undefined;
  });

  return {
    async get(id) {
      const found = await one(id);
      return found && channelOf(found);
    },
    async create({ id, ...channel }) {
      const make = () => channels.findOneAndUpdate({ _id: id }, { $setOnInsert: channel }, { ...after, upsert: true });
      const made = await again(make);
      if (!made) throw new Error('a channel that was just made is gone');
      return channelOf(made);
    },
    async update(id, { title, settings = {}, passcodeHash }) {
      const set = {
        ...(title !== undefined && { title }),
        ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [`settings.${name}`, value])),
        ...(typeof passcodeHash === 'string' && { passcodeHash }),
      };
      const unset = passcodeHash === null && { $unset: { passcodeHash: true as const } };
      // A `$set` of nothing would be refused; the id is what it is.
      const found = await channels.findOneAndUpdate({ _id: id }, { $set: { _id: id, ...set }, ...unset }, after);
      return found ? channelOf(found) : undefined;
    },
    async remove(id, remains) {
      // In this order, so that a removal that is cut off leaves nothing that can be entered.
      if (remains) {
        const { id: _, ...document } = remains;
        await channels.replaceOne({ _id: id }, document, { upsert: true });
      } else await channels.deleteOne({ _id: id });
      await members.deleteMany({ channel: id });
      await receipts.deleteMany({ channel: id });
      await held.deleteMany({ channel: id });
      const last = await log.findOne({ channel: id }, { sort: { seq: -1 }, projection: { seq: 1 } });
      for (let seq = 0; seq < (last?.seq ?? 0); seq += removedAtOnce) {
        await log.deleteMany({ channel: id, seq: { $lte: seq + removedAtOnce } });
      }
      // Last: while there are entries, leaves are made of them.
      await leaves.deleteMany({ channel: id });
    },
    async revise(id) {
      await channels.updateOne({ _id: id }, { $set: { revision: randomUUID() } });
    },
    async revisions(ids) {
      const found = await channels
        .find({ _id: { $in: [...ids] }, revision: { $exists: true } }, { projection: { revision: 1 } })
        .toArray();
      return new Map(found.map(({ _id, revision = '' }) => [_id, revision]));
    },
    async member(channel, user) {
      const found = await memberOne({ channel, user });
      return found && memberOf(found);
    },
    async membersNamed(channel, users) {
      const found = await members.find({ channel, user: { $in: [...users] } }).toArray();
      return new Map(found.map((member) => [member.user, memberOf(member)]));
    },
    async putMember(channel, given) {
      await putMemberOne({ channel, ...given });
      const member = await memberOne({ channel, user: given.user });
      if (!member) throw new Error('a member that was just written is gone');
      return memberOf(member);
    },
    members: (channel, limit) => listOne({ channel, limit }),
    async retaining() {
      const found = await channels.find({ 'settings.retainDays': { $gt: 0 } }).toArray();
      return found.map(({ _id, settings }) => ({ id: _id, days: settings.retainDays ?? 0 }));
    },
    async ofUser(user, { kind } = {}) {
      const order = { joinedAt: -1, channel: 1 } as const;
      const memberships = await members.find({ user, removed: false }).sort(order).toArray();
      const ids = memberships.map(({ channel }) => channel);
      const found = await channels.find({ _id: { $in: ids }, ...(kind && { kind }) }).toArray();
      const byId = new Map(found.map((channel) => [channel._id, channelOf(channel)]));
      return memberships.flatMap((membership) => {
        const channel = byId.get(membership.channel);
        return channel ? [{ channel, member: memberOf(membership) }] : [];
      });
    },
  };
}
