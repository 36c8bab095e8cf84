import { createHash } from 'node:crypto';
import { directPrefix, mayWritePrivately } from '../auth/access.ts';
import type { Caller } from '../auth/caller.ts';
import { ChatError } from '../chat-error.ts';
import type { Parts } from '../commands/command.ts';
import type { StoredChannel } from '../storage/storage.ts';

type DirectParts = Pick<Parts, 'storage' | 'now'>;

/** The same for both, whoever asks first, so that two who write to each other at the same moment make one channel. */
function directId(one: string, other: string, meeting: string | undefined, erased: number): string {
  const name = JSON.stringify([
    ...[one, other].sort(),
    ...(meeting === undefined ? [] : [meeting]),
    ...(erased === 0 ? [] : [erased]),
  ]);
  return directPrefix + createHash('sha256').update(name).digest('base64url');
}

/** Where their channel is, or will be. One from before either of them was erased is not theirs any more. */
export async function directPlace(
  { channels }: Pick<DirectParts['storage'], 'channels'>,
  one: string,
  other: string,
  meeting?: string,
): Promise<{ id: string; present: StoredChannel | undefined }> {
  for (let erased = 0; ; erased += 1) {
    const id = directId(one, other, meeting, erased);
    const present = await channels.get(id);
    const between = present?.settings.between;
    if (between === undefined || (between.includes(one) && between.includes(other))) return { id, present };
  }
}

/**
 * The channel of two users; made where there is none.
 * @throws ChatError `invalid` for a channel with oneself; `forbidden` where there is none and the other one has blocked `one`
 */
export async function directChannel(
  { storage, now }: DirectParts,
  one: string,
  other: string,
  meeting?: string,
): Promise<StoredChannel> {
  if (one === other) throw new ChatError('invalid', 'A direct channel is between two users.');
  const { channels, users } = storage;
  const { id, present } = await directPlace(storage, one, other, meeting);
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
