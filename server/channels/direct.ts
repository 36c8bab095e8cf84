import { createHash } from 'node:crypto';
import { directPrefix, mayWritePrivately } from '../auth/access.ts';
import type { Caller } from '../auth/caller.ts';
import { ChatError } from '../chat-error.ts';
import type { Parts } from '../commands/command.ts';
import type { StoredChannel } from '../storage/storage.ts';

type DirectParts = Pick<Parts, 'storage' | 'now'>;

/** The same for both, whoever asks first, so that two who write to each other at the same moment make one channel. */
export function directId(one: string, other: string, meeting?: string): string {
  const name = JSON.stringify([...[one, other].sort(), ...(meeting === undefined ? [] : [meeting])]);
  return directPrefix + createHash('sha256').update(name).digest('base64url');
}

/**
 * The channel of two users; made where there is none.
 * @throws ChatError `invalid` for a channel with oneself; `forbidden` where there is none and the other one has blocked `one`
 */
export async function directChannel(
  { storage: { channels, users }, now }: DirectParts,
  one: string,
  other: string,
  meeting?: string,
): Promise<StoredChannel> {
  if (one === other) throw new ChatError('invalid', 'A direct channel is between two users.');
  const id = directId(one, other, meeting);
  const present = await channels.get(id);
  if (present !== undefined) return present;
  // Else whoever is blocked would still stand in the other one's list.
  if ((await users.blockedBy(other)).includes(one)) throw new ChatError('forbidden');
  const at = now();
  const between = [one, other].sort();
  // Its members first: a channel that is there has both of them, even if this process ends in between.
  await Promise.all(between.map((user) => channels.putMember(id, { user, role: 'participant', at })));
  return channels.create({
    id,
    kind: 'direct',
    title: '',
    settings: { state: 'open', directMessages: true, between, ...(meeting === undefined ? {} : { meeting }) },
    createdAt: at,
  });
}

/**
 * The channel of two members of a meeting, inside of it.
 * @throws ChatError `forbidden` where the meeting is not open to the caller, or not to the other, or wants no such channels
 */
export async function privateChannel(
  parts: DirectParts,
  caller: Caller,
  other: string,
  meeting: string,
): Promise<StoredChannel> {
  const { storage } = parts;
  const [open, channel, member] = await Promise.all([
    mayWritePrivately(storage, caller.identity, meeting),
    storage.channels.get(meeting),
    storage.channels.member(meeting, other),
  ]);
  if (!open || channel?.kind !== 'meeting' || member === undefined || member.removed === true)
    throw new ChatError('forbidden', 'This channel is not open to you.');
  return directChannel(parts, caller.identity.user, other, meeting);
}
