import type { Caller } from '../auth/caller.ts';
import { isPasscode } from '../auth/passcode.ts';
import type { Parts } from '../commands/command.ts';

type EntryParts = Pick<Parts, 'storage' | 'passcodeTries' | 'mentions' | 'now'>;

/**
 * Makes the user a member where the passcode is the group's. Says nothing about whether it was: what they may do there is
 * asked afterwards, and no answer tells a wrong passcode from a group that does not exist. Who was removed stays so.
 * @throws ChatError `rate_limited`
 */
export async function enterByPasscode(
  { storage, passcodeTries, mentions, now }: EntryParts,
  { identity: { user } }: Caller,
  id: string,
  passcode: string,
): Promise<void> {
  const takeBack = await passcodeTries.begin(id, user);
  const found = Promise.all([storage.channels.get(id), storage.channels.member(id, user)]);
  const [channel, member] = await found.catch((error: unknown) => {
    // Nobody has learnt anything about the passcode, and who asks again in an outage is not to be locked out after it.
    takeBack();
    throw error;
  });
  // A member who types it all the same guesses at nothing; a look at it is dear, and theirs are not counted.
  if (member !== undefined && member.removed !== true) return takeBack();
  if (!(await isPasscode(passcode, channel?.passcodeHash))) return;
  takeBack();
  if (member !== undefined) return;
  await storage.channels.putMember(id, { user, at: now() });
  mentions.forget(id);
}
