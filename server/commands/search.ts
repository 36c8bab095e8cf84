import { limits } from '../../protocol/limits.ts';
import { channelsOf } from '../auth/access.ts';
import type { Caller } from '../auth/caller.ts';
import { messagesFor } from '../channels/hiding.ts';
import { ChatError } from '../chat-error.ts';
import type { Command } from './command.ts';

/** Messages by words, sender or mention; in one channel or in all that the caller may enter. */
export const search: Command<'search', Caller> = {
  permission: 'none',
  async run({ parts, caller, payload: { q, channel, from, mentions, limit } }) {
    const words = q?.trim() || undefined;
    if (words === undefined && from === undefined && mentions === undefined)
      throw new ChatError('invalid', 'Give q, from or mentions.');
    const [grants, hidden] = await Promise.all([
      channel === undefined
        ? channelsOf(parts.storage, caller.identity)
        : Promise.resolve(parts.access.of(caller, channel)).then((grant) => [grant]),
      caller.hidden(),
    ]);
    const found = await parts.storage.log.search({
      channels: grants.map((grant) => grant.channel.id),
      ...(words === undefined ? {} : { words }),
      ...(from === undefined ? {} : { from }),
      ...(mentions === undefined ? {} : { mentions: caller.identity.user }),
      hidden: [...hidden],
      limit: limit ?? limits.pageDefault,
    });
    return { ...found, messages: messagesFor(hidden, found.messages) };
  },
};
