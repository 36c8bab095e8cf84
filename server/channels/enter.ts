import type { Grant } from '../auth/access.ts';
import type { Identity } from '../auth/identity.ts';
import type { Parts } from '../commands/command.ts';

/**
 * What the store should know of somebody who is here: the channel, which is made by the first entry into it, their
 * membership in the role that they have now, and their profile.
 */
export async function enter(
  { storage, mentions, profiles, now }: Pick<Parts, 'storage' | 'mentions' | 'profiles' | 'now'>,
  identity: Identity,
  grant: Grant,
): Promise<void> {
  const { channel, role } = grant;
  const { user } = identity;
  const at = now();
  const owner = role === 'organizer' ? { owner: user } : {};
  await Promise.all([
    profiles.remember(identity),
    grant.newChannel && storage.channels.create({ ...channel, createdAt: at, ...owner }),
    grant.newMember && storage.channels.putMember(channel.id, { user, role, at }),
  ]);
  if (grant.newMember) mentions.forget(channel.id);
  // Written once: a grant that is kept serves the rest of the session.
  grant.newChannel = grant.newMember = false;
}
