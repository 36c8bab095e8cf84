import type { MessageReceipts } from '../../protocol/http.ts';
import { limits } from '../../protocol/limits.ts';
import type { Caller } from '../auth/caller.ts';
import { ChatError } from '../chat-error.ts';
import type { Parts } from '../commands/command.ts';

/**
 * Who has got a message, and when it was read.
 * @throws ChatError `not_found`
 */
export async function receiptsOf(
  { storage }: Pick<Parts, 'storage'>,
  caller: Caller,
  channel: string,
  seq: number,
): Promise<MessageReceipts> {
  const [message, listed, hidden] = await Promise.all([
    storage.log.message(channel, seq),
    storage.channels.members(channel, limits.membersListed + 1),
    caller.hidden(),
  ]);
  if (message === undefined) throw new ChatError('not_found', 'There is no such message.');
  const sender = message.sender.id;
  const others = listed
    .map(({ user }) => user)
    .filter((user) => user !== sender)
    .slice(0, limits.membersListed);
  const [marks, times, counts] = await Promise.all([
    storage.receipts.ofChannel(channel, [...others, sender]),
    storage.receipts.readAt(channel, seq, others),
    storage.receipts.countAt(channel, seq),
  ]);
  const own = marks.get(sender);
  const members = others
    .filter((user) => !hidden.has(user))
    .map((user) => {
      const { delivered = 0, read = 0 } = marks.get(user) ?? {};
      const readAt = times.get(user);
      const seen = readAt === undefined ? {} : { readAt };
      return [user, { delivered: delivered >= seq, read: read >= seq, ...seen }] as const;
    });
  return {
    seq,
    delivered: counts.delivered - ((own?.delivered ?? 0) >= seq ? 1 : 0),
    read: counts.read - ((own?.read ?? 0) >= seq ? 1 : 0),
    members: Object.fromEntries(members),
  };
}
