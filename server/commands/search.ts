import { limits } from '../../protocol/limits.ts';
import { ChatError } from '../chat-error.ts';
import type { Command } from './command.ts';

/** Messages by words, sender or mention; in one channel or in all that the caller may enter. */
export const search: Command<'search'> = {
  permission: 'none',
  async run({ parts, session, payload: { q, channel, from, mentions, limit } }) {
    const words = q?.trim() || undefined;
    if (words === undefined && from === undefined && mentions === undefined)
      throw new ChatError('invalid', 'Give q, from or mentions.');
    const channels =
      channel === undefined
        ? await parts.access.channelsOf(session)
        : [(await parts.access.of(session, channel)).channel.id];
    return parts.storage.log.search({
      channels,
      ...(words === undefined ? {} : { words }),
      ...(from === undefined ? {} : { from }),
      ...(mentions === undefined ? {} : { mentions: session.identity.user }),
      hidden: await parts.storage.users.blockedBy(session.identity.user),
      limit: limit ?? limits.pageDefault,
    });
  },
};
