import type { ChannelSettings } from '../../protocol/entities.ts';
import type { ChannelPatch } from '../../protocol/http.ts';
import { type Grant, isTombstone, toChannel, tombstoneOf } from '../auth/access.ts';
import type { Caller } from '../auth/caller.ts';
import { hashPasscode } from '../auth/passcode.ts';
import { ChatError } from '../chat-error.ts';
import type { Parts } from '../commands/command.ts';
import { permitted } from '../commands/perform.ts';
import type { StoredChannel } from '../storage/storage.ts';
import { enter } from './enter.ts';
import { titleFrom } from './text.ts';

/**
 * Title and state are entries of the log, so that whoever reads it later sees when they changed; the rest is set.
 * @throws ChatError `invalid`, `unavailable`
 */
export async function alterChannel(
  parts: Parts,
  { identity }: Caller,
  grant: Grant,
  patch: ChannelPatch,
): Promise<StoredChannel> {
  const { id, kind, title, settings } = grant.channel;
  if (kind === 'direct') throw new ChatError('forbidden');
  if (patch.passcode !== undefined && kind !== 'group') throw new ChatError('invalid', 'Only a group has a passcode.');
  const { state = patch.state, ...otherSettings } = patch.settings ?? {};
  const newTitle = patch.title === undefined ? title : titleFrom(patch.title);
  await enter(parts, identity, grant);
  const { committer, storage } = parts;
  const log = (event: 'title' | 'state', value: string) =>
    committer.commit({ type: 'system', channel: id, event, value, by: identity.user });
  // One after the other: a meeting that ends under a new title says first what it is called.
  if (newTitle !== title) await log('title', newTitle);
  if (state !== undefined && state !== settings.state) await log('state', state);
  const altered = await storage.channels.update(id, {
    settings: otherSettings satisfies Partial<ChannelSettings>,
    ...(patch.passcode === undefined
      ? {}
      : { passcodeHash: patch.passcode === null ? null : await hashPasscode(patch.passcode) }),
  });
  if (altered === undefined) throw new ChatError('forbidden', 'This channel is not open to you.');
  await storage.channels.revise(id);
  parts.live.changed(toChannel(altered));
  return altered;
}

/**
 * Takes the channel away with all that is in it, for everybody and for good; its id is not used again.
 * @throws ChatError `forbidden`, `unavailable`: then it may be deleted again by the same user
 */
export async function deleteChannel(parts: Parts, caller: Caller, id: string): Promise<void> {
  const { live, now, storage } = parts;
  const { user, service } = caller.identity;
  const present = await storage.channels.get(id);
  const isCutOff = present !== undefined && isTombstone(present) && (service || present.owner === user);
  if (!isCutOff) {
    const { channel } = await permitted(parts, caller, id, 'manage');
    if (channel.kind === 'direct') throw new ChatError('forbidden');
  }
  // First nobody writes to it any more, on any instance; then it goes, which may take a while.
  const ended = await storage.channels.update(id, { settings: { state: 'ended' } });
  if (ended !== undefined) {
    // Also where the bus does not reach: there the channel's mark tells of it.
    await storage.channels.revise(id);
    live.changed(toChannel(ended));
  }
  await storage.channels.remove(id, tombstoneOf(id, user, now()));
  await storage.channels.revise(id);
  live.deleted(id);
}
