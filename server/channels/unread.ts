import type { MessageEntry } from '../../protocol/entities.ts';
import type { PlainMessage } from '../../protocol/http.ts';
import { limits } from '../../protocol/limits.ts';
import type { Grant } from '../auth/access.ts';
import type { Caller } from '../auth/caller.ts';
import type { Parts } from '../commands/command.ts';

type UnreadParts = Pick<Parts, 'storage'>;
type Placed = { channel: Grant['channel']; message: MessageEntry };

/** The oldest messages that the caller has not read, over these channels, oldest first. */
export async function unreadOf(
  { storage }: UnreadParts,
  caller: Caller,
  grants: readonly Grant[],
  limit: number,
): Promise<PlainMessage[]> {
  const ids = grants.map(({ channel }) => channel.id);
  const { user } = caller.identity;
  const [heads, marks, hidden] = await Promise.all([
    storage.log.heads(ids),
    storage.receipts.ofUser(user, ids),
    caller.hidden(),
  ]);
  let oldest: Placed[] = [];
  // One channel after another, and no more kept than is answered: a list of any length takes the same memory.
  for (const { channel } of grants) {
    const read = marks.get(channel.id)?.read ?? 0;
    if (read >= (heads.get(channel.id) ?? 0)) continue;
    const unread = await unreadIn(storage, channel.id, read, user, hidden, limit);
    oldest = [...oldest, ...unread.map((message) => ({ channel, message }))].sort(byAge).slice(0, limit);
  }
  return oldest.map(({ channel, message }) => plainMessage(channel, message));
}

export function plainMessage({ id: channel, settings }: Grant['channel'], message: MessageEntry): PlainMessage {
  const { id, seq, sender, text, sentAt } = message;
  const receiver = settings.between?.find((user) => user !== sender.id) ?? null;
  return { id, channel, seq, sender_ID: sender.id, receiver_ID: receiver, type: 'text', text, sent_at: sentAt };
}

async function unreadIn(
  { log }: Parts['storage'],
  channel: string,
  read: number,
  user: string,
  hidden: ReadonlySet<string>,
  limit: number,
): Promise<MessageEntry[]> {
  // Counted in the index first: one's own many messages behind the watermark are not worth reading.
  const wanted = await log.countAfter(channel, read, user, limit, [...hidden]);
  const unread: MessageEntry[] = [];
  for (let after = read; unread.length < wanted; ) {
    const { messages, hasAfter } = await log.page(channel, { after }, limits.pageMax);
    for (const message of messages) {
      const own = message.sender.id === user;
      if (!own && !hidden.has(message.sender.id) && message.deletedAt === undefined) unread.push(message);
    }
    after = messages.at(-1)?.seq ?? after;
    if (!hasAfter) break;
  }
  return unread.slice(0, limit);
}

/** Ids are decimal numbers that grow with time: the longer is the later. */
function byAge({ message: a }: Placed, { message: b }: Placed): number {
  return a.id.length - b.id.length || (a.id < b.id ? -1 : 1);
}
