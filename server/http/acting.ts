import { channelsOf, type Grant } from '../auth/access.ts';
import { type Caller, passingCaller } from '../auth/caller.ts';
import { ChatError } from '../chat-error.ts';
import type { Parts } from '../commands/command.ts';

/**
 * The caller, or the user for whom a trusted backend acts.
 * @throws ChatError `forbidden` where that is somebody else and the caller no backend
 */
export async function actingAs({ storage }: Pick<Parts, 'storage'>, caller: Caller, user: string): Promise<Caller> {
  const { identity } = caller;
  if (identity.user === user) return caller;
  if (!identity.service) throw new ChatError('forbidden', 'You cannot act for another user.');
  const profile = (await storage.users.get([user])).get(user);
  const { expiresAt } = identity;
  return passingCaller(
    { user, name: profile?.name ?? user, meetings: new Map(), service: false, expiresAt },
    (blocker) => storage.users.blockedBy(blocker),
  );
}

/** The channels whose messages wait for this user. A backend has no token of theirs, so it goes by the meetings they were in. */
export async function channelsWaiting(
  { storage }: Pick<Parts, 'storage'>,
  caller: Caller,
  isOwn: boolean,
): Promise<Grant[]> {
  const { identity } = caller;
  if (isOwn) return channelsOf(storage, identity);
  const been = await storage.channels.ofUser(identity.user, { kind: 'meeting' });
  const meetings = new Map(been.map(({ channel, member }) => [channel.id, member.role]));
  return channelsOf(storage, { ...identity, meetings });
}
