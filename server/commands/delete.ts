import type { Caller } from '../auth/caller.ts';
import { refusalOf } from '../auth/permissions.ts';
import { ChatError } from '../chat-error.ts';
import { change } from './change.ts';
import type { Command } from './command.ts';

/** Takes a message's text away for everyone: one's own, or as an organizer anyone's. Its entry stays, empty. */
export const deleteMessage: Command<'delete', Caller> = {
  permission: 'read',
  async run({ parts, caller, payload: { channel, seq }, grant }) {
    const { user } = caller.identity;
    const target = await parts.storage.log.message(channel, seq);
    if (target === undefined) throw new ChatError('not_found', 'There is no such message.');
    const isOwn = target.sender.id === user;
    const refusal = refusalOf(isOwn ? 'write' : 'moderate', grant);
    if (refusal !== undefined)
      throw new ChatError(
        refusal,
        refusal === 'forbidden' && !isOwn ? 'Only its sender or an organizer deletes a message.' : undefined,
      );
    if (!isOwn)
      parts.auditor.note({ actor: user, action: 'delete', outcome: 'done', channel, subject: target.sender.id });
    return change(parts, { type: 'delete', channel, target: seq, by: user });
  },
};
