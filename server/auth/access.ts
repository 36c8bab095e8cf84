import type { Channel, ChannelState, Role } from '../../protocol/entities.ts';
import { ChatError } from '../chat-error.ts';
import type { ChannelStore, StoredChannel, StoredMember } from '../storage/storage.ts';
import type { Identity } from './identity.ts';

/** What a user is in a channel that they may enter. */
export type Grant = {
  channel: Channel;
  role: Role;
  muted: boolean;
  state: ChannelState;
  /** The store does not know the channel, or them in it, yet. */
  newChannel: boolean;
  newMember: boolean;
};

/** A meeting that nobody has described yet is open, and is called by its id. */
function undescribedMeeting(id: string): Channel {
  return { id, kind: 'meeting', title: id, settings: { state: 'open', directMessages: true } };
}

export function toChannel({ id, kind, title, settings }: StoredChannel): Channel {
  return { id, kind, title, settings };
}

/**
 * May this user enter this channel, and as what? A channel that does not exist and one that is not theirs get the same
 * answer, so that nobody learns which ids are taken.
 * @throws ChatError `forbidden`; `unavailable` from the store
 */
export async function grantOf(store: ChannelStore, identity: Identity, id: string): Promise<Grant> {
  const [stored, member] = await Promise.all([store.get(id), store.member(id, identity.user)]);
  const channel = stored === undefined ? undescribedMeeting(id) : toChannel(stored);
  const role = roleOf(identity, channel, member);
  if (role === undefined) throw new ChatError('forbidden', 'This channel is not open to you.');
  return {
    channel,
    role,
    muted: member?.muted ?? false,
    state: channel.settings.state,
    newChannel: stored === undefined,
    newMember: member === undefined,
  };
}

function roleOf(identity: Identity, channel: Channel, member: StoredMember | undefined): Role | undefined {
  if (member?.removed === true) return undefined;
  const named = channel.kind === 'meeting' ? identity.meetings.get(channel.id) : undefined;
  return named ?? member?.role;
}
