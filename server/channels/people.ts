import type { Member, Members, Receipt, Receipts } from '../../protocol/entities.ts';
import { limits } from '../../protocol/limits.ts';
import type { Parts } from '../commands/command.ts';
import type { PresenceRegistry } from '../presence/presence.ts';
import type { StoredMember } from '../storage/storage.ts';

type PeopleParts = Pick<Parts, 'storage' | 'presence'>;
export type People = { members: Members; receipts: Receipts };

/** The first members of a channel, as many as are listed, organizers first, and their watermarks with those of `user`. */
export async function peopleOf(
  parts: PeopleParts & Pick<Parts, 'sharedPeople'>,
  channel: string,
  user: string,
): Promise<People> {
  const people = await parts.sharedPeople.read(channel, () => listedIn(parts, channel));
  if (Object.hasOwn(people.members, user)) return people;
  const own = receiptsFrom(await parts.storage.receipts.ofChannel(channel, [user]));
  return { ...people, receipts: { ...people.receipts, ...own } };
}

async function listedIn(parts: PeopleParts, channel: string): Promise<People> {
  const listed = await parts.storage.channels.members(channel, limits.membersListed);
  const ids = listed.map((member) => member.user);
  const [members, marks] = await Promise.all([
    membersFrom(parts, listed),
    parts.storage.receipts.ofChannel(channel, ids),
  ]);
  return { members, receipts: receiptsFrom(marks) };
}

function receiptsFrom(marks: ReadonlyMap<string, Receipt>): Receipts {
  return Object.fromEntries([...marks].map(([id, { delivered, read }]) => [id, { delivered, read }]));
}

/** Members as the other members see them; `present` says who is online. */
export async function membersFrom(
  { storage, presence }: PeopleParts,
  listed: readonly StoredMember[],
  present: PresenceRegistry['lookup'] | PresenceRegistry['heard'] = (users) => presence.lookup(users),
): Promise<Members> {
  const ids = listed.map(({ user }) => user);
  const [profiles, presences] = await Promise.all([storage.users.get(ids), present(ids)]);
  const memberFrom = ({ user, role, muted }: StoredMember): Member => {
    const profile = profiles.get(user);
    const { state, lastSeen = profile?.lastSeen } = presences.get(user) ?? { state: 'offline' as const };
    return {
      name: profile?.name ?? user,
      role,
      state,
      ...(state === 'offline' && lastSeen !== undefined ? { lastSeen } : {}),
      ...(profile?.picture === undefined ? {} : { picture: profile.picture }),
      ...(muted === true ? { muted } : {}),
    };
  };
  return Object.fromEntries(listed.map((member) => [member.user, memberFrom(member)]));
}

/** Whoever is hidden from the reader is listed, so that they can be shown again, but nothing is told of their coming and going. */
export function membersFor(hidden: ReadonlySet<string>, members: Members): Members {
  if (hidden.size === 0) return members;
  return Object.fromEntries(
    Object.entries(members).map(([user, member]) => {
      if (!hidden.has(user)) return [user, member];
      const { lastSeen: _, ...rest } = member;
      return [user, { ...rest, state: 'offline' }];
    }),
  );
}
