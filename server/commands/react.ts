import type { Caller } from '../auth/caller.ts';
import { unwanted, wanted } from '../channels/hold.ts';
import { ChatError } from '../chat-error.ts';
import { readable } from '../readable.ts';
import { change } from './change.ts';
import type { Command } from './command.ts';

/** Sets or takes back one's own reaction. */
export const react: Command<'react', Caller> = {
  permission: 'write',
  run({ parts, caller, payload: { channel, seq, emoji: given, on }, grant }) {
    const emoji = given.toWellFormed();
    if (readable(emoji) !== emoji) throw new ChatError('invalid', 'emoji must be readable.');
    // Words can stand there, too; what is there already may always be taken back.
    if (on && wanted(parts, grant.filter, emoji) !== emoji) throw new ChatError('invalid', unwanted);
    return change(parts, { type: 'reaction', channel, target: seq, emoji, on, by: caller.identity.user });
  },
};
