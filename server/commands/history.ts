import type { Payload } from '../../protocol/commands.ts';
import { limits } from '../../protocol/limits.ts';
import type { Caller } from '../auth/caller.ts';
import { messagesFor } from '../channels/hiding.ts';
import { ChatError } from '../chat-error.ts';
import type { PageAt } from '../storage/storage.ts';
import type { Command } from './command.ts';

/** A page of messages as they stand now: before, after or around one, or else the latest. */
export const history: Command<'history', Caller> = {
  permission: 'read',
  async run({ parts, caller, payload }) {
    const { log } = parts.storage;
    const [{ messages, ...page }, hidden] = await Promise.all([
      log.page(payload.channel, place(payload), payload.limit ?? limits.pageDefault),
      caller.hidden(),
    ]);
    return { messages: messagesFor(hidden, messages), ...page };
  },
};

function place({ before, after, around }: Pick<Payload<'history'>, 'before' | 'after' | 'around'>): PageAt {
  if ([before, after, around].filter((given) => given !== undefined).length > 1) {
    throw new ChatError('invalid', 'Give one of before, after and around.');
  }
  if (after !== undefined) return { after };
  if (around !== undefined) return { around };
  return { before: before ?? Number.MAX_SAFE_INTEGER };
}
