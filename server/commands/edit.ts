import type { Caller } from '../auth/caller.ts';
import { textWithin } from '../channels/text.ts';
import { ChatError } from '../chat-error.ts';
import { change, targetOf } from './change.ts';
import type { Command } from './command.ts';

/** Other words for a message of one's own; whom they mention is looked up anew. */
export const edit: Command<'edit', Caller> = {
  permission: 'write',
  async run({ parts, caller, payload: { channel, seq, text } }) {
    const { user } = caller.identity;
    const words = textWithin(text);
    const target = await targetOf(parts, channel, seq);
    if (target.sender.id !== user) throw new ChatError('forbidden', 'Only its sender edits a message.');
    const mentions = await parts.mentions.in(channel, words);
    return change(parts, {
      type: 'edit',
      channel,
      target: seq,
      text: words,
      ...(mentions.length === 0 ? {} : { mentions }),
      by: user,
    });
  },
};
