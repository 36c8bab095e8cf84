import type { Caller } from '../auth/caller.ts';
import { change } from './change.ts';
import type { Command } from './command.ts';

/** Sets or takes back one's own reaction. */
export const react: Command<'react', Caller> = {
  permission: 'write',
  run: ({ parts, caller, payload: { channel, seq, emoji, on } }) =>
    change(parts, {
      type: 'reaction',
      channel,
      target: seq,
      emoji: emoji.toWellFormed(),
      on,
      by: caller.identity.user,
    }),
};
