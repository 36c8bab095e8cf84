import type { Members } from '../../protocol/entities.ts';
import { limits } from '../../protocol/limits.ts';
import type { Grant } from '../auth/access.ts';
import { ChatError } from '../chat-error.ts';
import { roomOf } from '../gateway/session.ts';
import type { Call, Command, Parts } from './command.ts';

/** Enters a channel: live from now on, with all that the client missed since its last entry, or with the latest page. */
export const join: Command<'join'> = {
  permission: 'read',
  async run({ parts, session, payload: { channel, since, limit }, grant }) {
    const { socket } = session;
    const room = roomOf(channel);
    const present = socket.rooms.has(room);
    if (!present && socket.rooms.size > limits.channelsPerConnection) {
      throw new ChatError('conflict', `A connection may join ${limits.channelsPerConnection} channels.`);
    }
    // Live first, read after: what is stored between the two arrives twice, and not never.
    await socket.join(room);
    try {
      const [, profile] = await Promise.all([parts.feeds.open(channel), remember({ parts, session, grant })]);
      const [log, people] = await Promise.all([
        since === undefined
          ? latest(parts, channel, limit ?? limits.pageDefault)
          : missed(parts, channel, since, limit ?? limits.pageMax),
        peopleOf(parts, channel),
      ]);
      const me = { name: session.identity.name, role: grant.role, state: 'online' as const, ...profile };
      parts.people.follow(channel, Object.keys(people.members));
      if (!present) parts.people.entered(channel, session.identity.user, me);
      return {
        channel: grant.channel,
        role: grant.role,
        ...log,
        receipts: people.receipts,
        members: { ...people.members, [session.identity.user]: me },
      };
    } catch (error) {
      if (!present) await socket.leave(room);
      throw error;
    }
  },
};

/** A channel is made by its first organizer's entry; a member's record and profile by their first. */
async function remember({
  parts,
  session,
  grant,
}: Pick<Call<'join'>, 'parts' | 'session'> & { grant: Grant }): Promise<{ picture?: string }> {
  const { user, name, picture, provider } = session.identity;
  const { channels, users } = parts.storage;
  const at = parts.now();
  const profile = picture === undefined ? {} : { picture };
  const writes: Promise<unknown>[] = [];
  if (grant.newChannel && grant.role === 'organizer')
    writes.push(channels.create({ ...grant.channel, createdAt: at, owner: user }));
  if (grant.newMember) {
    writes.push(channels.putMember(grant.channel.id, { user, role: grant.role, at }));
    writes.push(users.put({ id: user, name, ...profile, ...(provider === undefined ? {} : { provider }) }));
  }
  await Promise.all(writes);
  // Written once: the grant serves the rest of the session.
  grant.newChannel = grant.newMember = false;
  return profile;
}

async function latest(parts: Parts, channel: string, limit: number) {
  const entries = await parts.storage.log.latest(channel, limit);
  return { entries, head: headOf(parts, channel, entries), more: (entries[0]?.seq ?? 1) > 1 };
}

export async function missed(parts: Parts, channel: string, since: number, limit: number) {
  const entries = await parts.storage.log.after(channel, since, limit);
  const head = headOf(parts, channel, entries);
  return { entries, head, more: entries.length === limit && (entries.at(-1)?.seq ?? 0) < head };
}

/** The feed may be a step behind what was just read. */
function headOf(parts: Parts, channel: string, entries: readonly { seq: number }[]): number {
  return Math.max(parts.feeds.head(channel) ?? 0, entries.at(-1)?.seq ?? 0);
}

async function peopleOf(parts: Parts, channel: string) {
  const { channels, receipts, users } = parts.storage;
  const listed = await channels.members(channel, limits.membersListed);
  const ids = listed.map(({ user }) => user);
  const [profiles, presences, marks] = await Promise.all([
    users.get(ids),
    parts.presence.lookup(ids),
    receipts.ofChannel(channel, ids),
  ]);
  const members: Members = {};
  for (const { user, role, muted } of listed) {
    const profile = profiles.get(user);
    const { state, lastSeen = profile?.lastSeen } = presences.get(user) ?? { state: 'offline' as const };
    members[user] = {
      name: profile?.name ?? user,
      role,
      state,
      ...(state === 'offline' && lastSeen !== undefined ? { lastSeen } : {}),
      ...(profile?.picture === undefined ? {} : { picture: profile.picture }),
      ...(muted === true ? { muted } : {}),
    };
  }
  return {
    members,
    receipts: Object.fromEntries([...marks].map(([user, { delivered, read }]) => [user, { delivered, read }])),
  };
}
