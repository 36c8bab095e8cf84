import { change } from './change.ts';
import type { Command } from './command.ts';

/** Sets or takes back one's own reaction. */
export const react: Command<'react'> = {
  permission: 'write',
  run: ({ parts, session, payload: { channel, seq, emoji, on } }) =>
    change(parts, {
      type: 'reaction',
      channel,
      target: seq,
      emoji: emoji.toWellFormed(),
      on,
      by: session.identity.user,
    }),
};
