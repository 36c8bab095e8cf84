import type { MessageEntry } from '../../protocol/entities.ts';
import type { Grant } from '../auth/access.ts';
import { ChatError } from '../chat-error.ts';
import type { Parts } from '../commands/command.ts';
import type { Committed } from '../log/batch-writer.ts';

/** The message that a commit of one made, or found under its key. */
export function messageOf(committed: Committed): MessageEntry {
  if (committed.kind === 'unchanged' || committed.entry.type !== 'message') throw new ChatError('conflict');
  return committed.entry;
}

/** Both of a direct channel hear of it, wherever they are connected and whether they have joined it or not. */
export function reachBoth({ live }: Pick<Parts, 'live'>, { channel }: Grant, { seq }: MessageEntry): void {
  for (const user of channel.settings.between ?? []) live.invite(user, channel.id, seq - 1);
}
