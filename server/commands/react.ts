import type { Caller } from '../auth/caller.ts';
import { ChatError } from '../chat-error.ts';
import { readable } from '../readable.ts';
import { change } from './change.ts';
import type { Command } from './command.ts';

/** Sets or takes back one's own reaction. */
export const react: Command<'react', Caller> = {
  permission: 'write',
  run({ parts, caller, payload: { channel, seq, emoji: given, on } }) {
    const emoji = given.toWellFormed();
    if (readable(emoji) !== emoji) throw new ChatError('invalid', 'emoji must be readable.');
    return change(parts, { type: 'reaction', channel, target: seq, emoji, on, by: caller.identity.user });
  },
};
