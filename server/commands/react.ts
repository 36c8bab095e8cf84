import { limits } from '../../protocol/limits.ts';
import type { Caller } from '../auth/caller.ts';
import { ChatError } from '../chat-error.ts';
import { readable } from '../readable.ts';
import { change, targetOf } from './change.ts';
import type { Command } from './command.ts';

/** Sets or takes back one's own reaction. */
export const react: Command<'react', Caller> = {
  permission: 'write',
  async run({ parts, caller, payload: { channel, seq, emoji: given, on } }) {
    const emoji = given.toWellFormed();
    if (readable(emoji) !== emoji) throw new ChatError('invalid', 'emoji must be readable.');
    if (on) await hasRoom(parts, channel, seq, emoji);
    return change(parts, { type: 'reaction', channel, target: seq, emoji, on, by: caller.identity.user });
  },
};

/** Every reaction's entry carries all of them, so without a bound a message could be made to weigh more with each. */
async function hasRoom(parts: Parameters<typeof targetOf>[0], channel: string, seq: number, emoji: string) {
  const { reactions = {} } = await targetOf(parts, channel, seq);
  if (!Object.hasOwn(reactions, emoji) && Object.keys(reactions).length >= limits.reactions)
    throw new ChatError('conflict', `A message has at most ${limits.reactions} different reactions.`);
}
