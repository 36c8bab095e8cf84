import { ChatError } from '../chat-error.ts';
import { change, targetOf } from './change.ts';
import type { Command } from './command.ts';
import { textWithin } from './text.ts';

/** Other words for a message of one's own. */
export const edit: Command<'edit'> = {
  permission: 'write',
  async run({ parts, session, payload: { channel, seq, text } }) {
    const { user } = session.identity;
    const words = textWithin(text);
    const target = await targetOf(parts, channel, seq);
    if (target.sender.id !== user) throw new ChatError('forbidden', 'Only its sender edits a message.');
    return change(parts, { type: 'edit', channel, target: seq, text: words, by: user });
  },
};
