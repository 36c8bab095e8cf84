import type { ChannelFilter } from '../../protocol/entities.ts';
import type { Grant } from '../auth/access.ts';
import { permit } from '../auth/permissions.ts';
import { ChatError } from '../chat-error.ts';
import type { Parts } from '../commands/command.ts';
import type { HeldMessage } from '../storage/storage.ts';
import { messageOf, reachBoth } from './stored.ts';

type HoldParts = Pick<Parts, 'storage' | 'filters' | 'live' | 'now'>;

/** More are told as so many. */
const countedAtMost = 100;

/** What the writer of such a text is told. */
export const unwanted = 'The text holds words that are not wanted here.';

/**
 * The text as it may be stored, where nothing need be held.
 * @throws ChatError `invalid` where it is not wanted
 */
export function wanted(
  { filters }: Pick<Parts, 'filters'>,
  filter: ChannelFilter | undefined,
  text: string,
): string | undefined {
  const verdict = filters.judge(filter, text);
  if (verdict.kind === 'reject') throw new ChatError('invalid', unwanted);
  return verdict.kind === 'take' ? verdict.text : undefined;
}

/**
 * Keeps a message for the organizers to decide on. Resolves where they have approved it already: a key that is sent again
 * goes through then.
 * @throws ChatError `conflict` while it waits, `invalid` where they refused it
 */
export async function hold(
  { storage, live, now }: HoldParts,
  message: Omit<HeldMessage, 'at' | 'state'>,
): Promise<void> {
  const { channel, sender, key } = message;
  // Sent again, and it was no such text when it was sent first.
  if ((await storage.log.withKey(channel, sender.id, key)) !== undefined) return;
  const known = await storage.held.get({ channel, user: sender.id, key });
  if (known?.state === 'approved') return;
  if (known?.state === 'refused') throw new ChatError('invalid', unwanted);
  if (known === undefined) {
    await storage.held.put({ ...message, at: now(), state: 'waiting' });
    live.held(channel);
  }
  throw new ChatError('conflict', 'The message waits for an organizer to approve it.');
}

/**
 * Lets a held message into the log, as its sender wrote it, or puts it away for good; of two who decide, the first does.
 * @throws ChatError `not_found`, `closed`, `unavailable`
 */
export async function decide(
  parts: Pick<Parts, 'storage' | 'committer' | 'live'>,
  { grant, user, key }: { grant: Grant; user: string; key: string },
  approved: boolean,
): Promise<void> {
  const { held } = parts.storage;
  const at = { channel: grant.channel.id, user, key };
  if (!approved) {
    if (!(await held.settle(at, ['waiting'], 'refused'))) throw noneWaits();
    parts.live.held(at.channel);
    parts.live.refused(user, at.channel, key);
    return;
  }
  permit('write', grant);
  const message = (await held.settle(at, ['waiting', 'approving'], 'approving')) && (await held.get(at));
  if (!message) throw noneWaits();
  const { at: _, state: __, ...draft } = message;
  // Into the log first: cut off in between, it waits still, and approved again it is the same message.
  reachBoth(parts, grant, messageOf(await parts.committer.commit({ type: 'message', ...draft })));
  await held.settle(at, ['approving'], 'approved');
  parts.live.held(at.channel);
}

/** How many messages wait for the channel's organizers. */
export function heldIn({ held }: Pick<Parts['storage'], 'held'>, channel: string): Promise<number> {
  return held.count(channel, countedAtMost);
}

function noneWaits(): ChatError {
  return new ChatError('not_found', 'There is no such message waiting.');
}
