import type { MessageEntry } from '../../protocol/entities.ts';
import { spendIn } from '../channels/allowance.ts';
import { ChatError } from '../chat-error.ts';
import type { Committed, Draft } from '../log/batch-writer.ts';
import type { Parts } from './command.ts';

/**
 * The message that a change is about.
 * @throws ChatError `not_found` where there is none, or only a deleted one
 */
export async function targetOf(parts: Parts, channel: string, seq: number): Promise<MessageEntry> {
  const message = await parts.storage.log.message(channel, seq);
  if (message === undefined || message.deletedAt !== undefined)
    throw new ChatError('not_found', 'There is no such message.');
  return message;
}

/**
 * Stores a change; the answer is the seq of its entry, or of the earlier one that made it so.
 * @throws ChatError `rate_limited`, but never for a delete: what a busy channel must not keep waiting
 */
export async function change(parts: Parts, draft: Draft): Promise<{ seq: number }> {
  if (draft.type !== 'delete') spendIn(parts, draft.channel);
  const committed: Committed = await parts.committer.commit(draft);
  return { seq: committed.kind === 'unchanged' ? committed.seq : committed.entry.seq };
}
