import type { Caller } from '../auth/caller.ts';
import { unwanted, wanted } from '../channels/hold.ts';
import { textWithin } from '../channels/text.ts';
import { ChatError } from '../chat-error.ts';
import { change, targetOf } from './change.ts';
import type { Command } from './command.ts';

/** Other words for a message of one's own; whom they mention is looked up anew. */
export const edit: Command<'edit', Caller> = {
  permission: 'write',
  async run({ parts, caller, payload: { channel, seq, text }, grant }) {
    const { user } = caller.identity;
    // What would be held as a message is refused as an edit: the old words stand meanwhile.
    const words = wanted(parts, grant.filter, textWithin(text));
    if (words === undefined) throw new ChatError('invalid', unwanted);
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
