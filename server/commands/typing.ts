import type { Command } from './command.ts';

/** Tells the others that one writes. May get lost; the first thing that does, under load. */
export const typing: Command<'typing'> = {
  permission: 'write',
  run({ parts, caller, payload: { channel, on } }) {
    parts.live.typing({ channel, user: caller.identity.user, on }, caller);
    return {};
  },
};
