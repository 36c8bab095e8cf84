import type { Channel, ChannelFilter, ChannelState, Role } from '../../protocol/entities.ts';
import { ChatError } from '../chat-error.ts';
import { mapOf } from '../parallel.ts';
import type { Storage, StoredChannel, StoredMember } from '../storage/storage.ts';
import type { Identity } from './identity.ts';

/** What a user is in a channel that they may enter. */
export type Grant = {
  channel: Channel;
  role: Role;
  /** May read and not write: an organizer said so or, in a direct channel, the other one or the meeting did. */
  muted: boolean;
  state: ChannelState;
  /** The channel's words that are not wanted. */
  filter?: ChannelFilter;
  /** The store does not know the channel yet, or not them as a member in this role. */
  newChannel: boolean;
  newMember: boolean;
};

/** What the question is answered from. */
export type AccessStore = Pick<Storage, 'channels' | 'users'>;

/** Of one question, so that nobody's token takes every connection to the database. */
const lookUpsAtOnce = 8;

/** Ids that begin like this are made by the server, and no token's to name. */
export const directPrefix = 'direct:';

/** A meeting that nobody has described yet is open, and is called by its id. */
function undescribedMeeting(id: string): Channel {
  return { id, kind: 'meeting', title: id, settings: { state: 'open', directMessages: true } };
}

/** As its members see it: a list of bad words is nothing to hand out. */
export function toChannel({ id, kind, title, settings }: StoredChannel): Channel {
  const { filter, ...rest } = settings;
  if (filter === undefined) return { id, kind, title, settings };
  const { words: _, ...shown } = filter;
  return { id, kind, title, settings: { ...rest, filter: shown } };
}

/**
 * What is left of a deleted channel: so its id, with which other instances may still connect a log, is never used again.
 * `owner` is who deleted it: they may do so again where it was cut off.
 */
export function tombstoneOf(id: string, owner: string, at: number): StoredChannel {
  return { id, kind: 'group', title: '', settings: { state: 'ended', directMessages: false }, createdAt: at, owner };
}

/** No other group is without a title. */
export function isTombstone({ kind, title }: StoredChannel): boolean {
  return kind === 'group' && title === '';
}

/**
 * May this user enter this channel, and as what? A channel that does not exist and one that is not theirs get the same
 * answer, so that nobody learns which ids are taken.
 * @throws ChatError `forbidden`; `unavailable` from the store
 */
export async function grantOf(store: AccessStore, identity: Identity, id: string): Promise<Grant> {
  const [stored, member] = await Promise.all([store.channels.get(id), store.channels.member(id, identity.user)]);
  const grant = standingOf(identity, id, stored, member);
  if (grant === undefined) throw new ChatError('forbidden', 'This channel is not open to you.');
  if (grant.channel.kind === 'direct' && !(await mayWriteDirect(store, identity, grant.channel))) grant.muted = true;
  return grant;
}

/** The same from what was read already, but for what others think of a direct channel. Undefined: they may not enter. */
export function standingOf(
  identity: Identity,
  id: string,
  stored: StoredChannel | undefined,
  member: StoredMember | undefined,
): Grant | undefined {
  if (stored === undefined ? id.startsWith(directPrefix) : isTombstone(stored)) return undefined;
  const channel = stored === undefined ? undescribedMeeting(id) : toChannel(stored);
  const role = roleOf(identity, channel, member);
  const standing = role ?? (identity.service ? 'organizer' : undefined);
  if (standing === undefined) return undefined;
  return {
    channel,
    role: standing,
    muted: member?.muted ?? false,
    state: channel.settings.state,
    ...(stored?.settings.filter === undefined ? {} : { filter: stored.settings.filter }),
    newChannel: stored === undefined,
    newMember: role !== undefined && member?.role !== role,
  };
}

function roleOf(identity: Identity, channel: Channel, member: StoredMember | undefined): Role | undefined {
  if (member?.removed === true) return undefined;
  if (channel.kind !== 'meeting') return member?.role;
  const named = identity.meetings.get(channel.id);
  // To have been in a meeting once is no right to come back, nor is the role that one had: what counts is the token of
  // now, and what an organizer said.
  if (named === undefined && member?.invited !== true) return undefined;
  return member?.appointed === true ? member.role : (named ?? 'participant');
}

/** Neither blocked by the other one nor, inside of a meeting, by its organizers. */
async function mayWriteDirect(store: AccessStore, identity: Identity, { settings }: Channel): Promise<boolean> {
  const { between = [], meeting } = settings;
  const other = between.find((user) => user !== identity.user);
  const [blocked, open] = await Promise.all([
    other === undefined ? Promise.resolve<string[]>([]) : store.users.blockedBy(other),
    meeting === undefined || mayWritePrivately(store, identity, meeting),
  ]);
  return open && !blocked.includes(identity.user);
}

/** Whether they may write to another member of the meeting in private. */
export async function mayWritePrivately(store: AccessStore, identity: Identity, meeting: string): Promise<boolean> {
  try {
    const { channel, role } = await grantOf(store, identity, meeting);
    return role === 'organizer' || channel.settings.directMessages;
  } catch (error) {
    if (error instanceof ChatError && error.code === 'forbidden') return false;
    throw error;
  }
}

/** Every channel that the store or the token opens to this user, newest membership first; meetings of the token alone last. */
export async function channelsOf(store: AccessStore, identity: Identity): Promise<Grant[]> {
  const held = await store.channels.ofUser(identity.user);
  const ids = new Set(held.map(({ channel }) => channel.id));
  const named = await mapOf(
    [...identity.meetings.keys()].filter((id) => !ids.has(id)),
    lookUpsAtOnce,
    async (id) => {
      const [stored, member] = await Promise.all([store.channels.get(id), store.channels.member(id, identity.user)]);
      return standingOf(identity, id, stored, member);
    },
  );
  return [
    ...held.map(({ channel, member }) => standingOf({ ...identity, service: false }, channel.id, channel, member)),
    ...named,
  ].filter((grant) => grant !== undefined);
}
