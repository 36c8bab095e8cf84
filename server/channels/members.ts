import type { Member } from '../../protocol/entities.ts';
import type { ChannelMember, MemberPatch } from '../../protocol/http.ts';
import type { Grant } from '../auth/access.ts';
import { refusalOf } from '../auth/permissions.ts';
import { ChatError } from '../chat-error.ts';
import type { Parts } from '../commands/command.ts';
import type { StoredMember } from '../storage/storage.ts';
import { membersFrom } from './people.ts';
import { storedHead } from './reads.ts';

/**
 * An organizer invites a user, gives them a role, mutes them or lets them speak again.
 * @throws ChatError `forbidden`, `conflict` about the owner of a group
 */
export async function putMember(
  parts: Parts,
  { channel: { id, kind } }: Grant,
  user: string,
  { role, muted }: MemberPatch,
): Promise<{ member: ChannelMember; isNew: boolean }> {
  if (kind === 'direct') throw new ChatError('forbidden');
  const { channels } = parts.storage;
  const before = await channels.member(id, user);
  if (role === 'participant' || muted === true) await sparesOwner(parts, id, user);
  const isNew = before === undefined || before.removed === true;
  // Who is muted in a meeting is not invited to the next one by it.
  const invites = isNew || muted === undefined || role !== undefined;
  const stored = await channels.putMember(id, {
    user,
    ...(role === undefined ? {} : { role, appointed: true }),
    ...(muted === undefined ? {} : { muted }),
    ...(invites ? { invited: true } : {}),
    removed: false,
    at: parts.now(),
  });
  await channels.revise(id);
  parts.mentions.forget(id);
  parts.live.rights(id, user);
  if (role === 'organizer') parts.live.held(id);
  const member = await memberFrom(parts, stored);
  parts.people.entered(id, user, member);
  if (isNew) await invite(parts, id, user);
  return { member: { user, joinedAt: stored.joinedAt, ...member }, isNew };
}

/**
 * An organizer removes a member, or one leaves for good. The record stays, so that no token and no passcode lets them back.
 * @throws ChatError `forbidden`, `conflict` about the owner of a group, `not_found` where they are no member
 */
export async function removeMember(parts: Parts, grant: Grant, user: string, isSelf: boolean): Promise<void> {
  const { id, kind } = grant.channel;
  const refusal = isSelf ? undefined : refusalOf('moderate', grant);
  if (refusal !== undefined) throw new ChatError(refusal);
  if (kind === 'direct') throw new ChatError('forbidden');
  const { channels } = parts.storage;
  const member = await channels.member(id, user);
  if (member === undefined || member.removed === true) throw new ChatError('not_found', 'There is no such member.');
  await sparesOwner(parts, id, user);
  // Nothing of what they were is left for the day that they are invited again.
  const stripped = { role: 'participant', removed: true, muted: false, invited: false, appointed: false } as const;
  await channels.putMember(id, { user, ...stripped, at: parts.now() });
  await channels.revise(id);
  parts.mentions.forget(id);
  parts.live.removed(id, user);
  parts.people.removed(id, user);
}

/** Their connections join, and hear of the channel that they are in now. */
async function invite({ live, storage }: Parts, channel: string, user: string): Promise<void> {
  live.invite(user, channel, await storedHead(storage, channel));
}

async function sparesOwner({ storage }: Parts, id: string, user: string): Promise<void> {
  const channel = await storage.channels.get(id);
  if (channel?.kind === 'group' && channel.owner === user)
    throw new ChatError('conflict', 'The owner of a group stays its organizer.');
}

async function memberFrom(parts: Parts, stored: StoredMember): Promise<Member & { muted: boolean }> {
  // It is stored: a Redis that does not answer holds up neither the answer nor the news.
  const members = await membersFrom(parts, [stored], (users) => parts.presence.heard(users));
  const member = Object.values(members)[0];
  if (member === undefined) throw new Error('a member without a record');
  // Said in both cases, because what changed may be that they may speak again.
  return { ...member, muted: stored.muted === true };
}
