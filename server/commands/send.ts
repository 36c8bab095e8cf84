import { ChatError } from '../chat-error.ts';
import type { Command } from './command.ts';
import { textWithin } from './text.ts';

/** A message into the channel's log: answered when it is durable, and with the first answer when its key was stored before. */
export const send: Command<'send'> = {
  permission: 'write',
  async run({ parts, session, payload: { channel, key, text, replyTo, mentions }, grant }) {
    const { user, name } = session.identity;
    const committed = await parts.committer.commit({
      type: 'message',
      channel,
      key,
      sender: { id: user, name, ...(grant.role === 'organizer' ? { role: grant.role } : {}) },
      text: textWithin(text),
      ...(replyTo === undefined ? {} : { replyTo }),
      ...(mentions === undefined || mentions.length === 0 ? {} : { mentions: [...new Set(mentions)] }),
    });
    if (committed.kind === 'unchanged' || committed.entry.type !== 'message') throw new ChatError('conflict');
    const { seq, id, sentAt } = committed.entry;
    return { seq, id, sentAt };
  },
};
