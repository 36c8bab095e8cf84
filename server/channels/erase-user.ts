import { randomBytes } from 'node:crypto';
import { ChatError } from '../chat-error.ts';
import type { Parts } from '../commands/command.ts';

type EraseParts = Pick<Parts, 'storage' | 'committer' | 'live' | 'people' | 'profiles' | 'receipts'>;

/** Messages that are deleted at a time. */
const atOnce = 200;

/**
 * Takes a user out of everything. Their messages are deleted like any others, so that whoever has them on the screen hears
 * of it; then the store forgets who they were. Cut off in between, it may be asked for again.
 * @throws ChatError `unavailable`
 */
export async function eraseUser(parts: EraseParts, user: string): Promise<void> {
  const { storage, committer, live, people, profiles, receipts } = parts;
  const held = await storage.channels.ofUser(user);
  // First they are put out of everything, so that nothing new comes meanwhile.
  for (const { channel } of held) live.removed(channel.id, user);
  for (;;) {
    const written = await storage.log.writtenBy(user, atOnce);
    if (written.length === 0) break;
    await Promise.all(written.map(({ channel, seq }) => deleted(committer, channel, seq, user)));
  }
  // When they were seen last, if that is still to be written.
  await people.flush();
  const regained = await storage.channels.ofUser(user);
  await storage.erase(user, `erased-${randomBytes(12).toString('base64url')}`);
  profiles.forget(user);
  // Who came back meanwhile, with a token that was good still, is in by what was just taken away.
  for (const id of new Set([...held, ...regained].map(({ channel }) => channel.id))) {
    await storage.channels.revise(id);
    receipts.forget(id, user);
    live.removed(id, user);
    live.held(id);
    people.removed(id, user);
  }
  await people.flush();
}

async function deleted(committer: EraseParts['committer'], channel: string, target: number, by: string): Promise<void> {
  await committer.commit({ type: 'delete', channel, target, by }).catch((error: unknown) => {
    // Gone meanwhile, with its channel or because of its age.
    if (!(error instanceof ChatError) || error.code !== 'not_found') throw error;
  });
}
