import type { Collection } from 'mongodb';
import { readPage } from '../pages.ts';
import { isWhole } from '../retained.ts';
import type { LogStore } from '../storage.ts';
import { appender } from './append.ts';
import type { Connection } from './connection.ts';
import { type EntryDocument, type EntryFields, entryOf, type MessageFields, messageOf, readable } from './entries.ts';
import { channelsLogged } from './erase.ts';
import type { Indexer } from './indexer.ts';
import { keyQuery } from './messages.ts';
import { listsOfEach, ofEach } from './of-each.ts';
import { mongoExpiry } from './retention.ts';
import { searcher } from './search.ts';

/** Entries of a channel behind `since`. */
type Asked = { channel: string; since: number; limit: number };
type Range = { seq?: { $lt?: number; $gt?: number; $gte?: number } };

/** The queries, apart from those who ask them, so that a test can ask how they are answered. */
export function logQueries(log: Collection<EntryDocument>) {
  return {
    entries: (each: readonly Omit<Asked, 'limit'>[], sort: 1 | -1, limit: number) =>
      ofEach<EntryFields>(
        log,
        each.map(({ channel, since }) => ({ channel, since })),
        [
          { $match: { $expr: { $and: [{ $eq: ['$channel', '$$channel'] }, { $gt: ['$seq', '$$since'] }] } } },
          { $sort: { channel: sort, seq: sort } },
          { $limit: limit },
          { $project: readable },
        ],
      ),
    messages: (channel: string, range: Range, sort: 1 | -1, limit: number) =>
      log
        .find<MessageFields>({ channel, type: 'message', ...range }, { projection: readable, batchSize: limit + 1 })
        .sort({ channel: sort, type: sort, seq: sort })
        .limit(limit),
    // Answered from the index alone, by one look for each channel.
    heads: (channels: readonly string[]) =>
      log.aggregate<{ _id: string; head: number }>([
        { $match: { channel: { $in: [...channels] } } },
        { $sort: { channel: -1, seq: -1 } },
        { $group: { _id: '$channel', head: { $first: '$seq' } } },
      ]),
  };
}

export function mongoLog(connection: Connection, indexer: Indexer): LogStore {
  const { log } = connection.collections;
  const query = logQueries(log);
  const expiry = mongoExpiry(connection, indexer);
  const withKeys = keyQuery(connection);

  async function heads(channels: readonly string[]): Promise<Map<string, number>> {
    const found = await query.heads(channels).toArray();
    const known = new Map(found.map(({ _id, head }) => [_id, head]));
    return new Map(channels.map((channel) => [channel, known.get(channel) ?? 0]));
  }

  const entries = (sort: 1 | -1) =>
    listsOfEach((each: readonly Asked[], limit) => query.entries(each, sort, limit), entryOf);
  const [oldest, newest] = [entries(1), entries(-1)];

  const range = {
    below: async (channel: string, seq: number, limit: number) =>
      (await query.messages(channel, { seq: { $lt: seq } }, -1, limit).toArray()).map(messageOf),
    from: async (channel: string, seq: number, limit: number) =>
      (await query.messages(channel, { seq: { $gte: seq } }, 1, limit).toArray()).map(messageOf),
  };

  return {
    append: appender(connection, heads, indexer),
    heads,
    async after(channel, since, limit) {
      const entries = await oldest({ channel, since, limit });
      return isWhole(entries, since) ? entries : expiry.whole(channel, entries, since, limit);
    },
    async latest(channel, limit) {
      const entries = (await newest({ channel, since: 0, limit })).reverse();
      if (isWhole(entries, (entries[0]?.seq ?? 1) - 1)) return entries;
      // Some of what retention has emptied is still there: none of it is read.
      const first = (await expiry.retainedOf(channel))?.first ?? 0;
      return entries.filter(({ seq }) => seq >= first);
    },
    async writtenBy(user, limit) {
      const written: { channel: string; seq: number }[] = [];
      for (const channel of await channelsLogged(log)) {
        const own = { channel, type: 'message' as const, 'sender.id': user, deletedAt: { $exists: false } };
        const found = log.find(own, { projection: { _id: 0, seq: 1 } }).limit(limit - written.length);
        for (const { seq } of await found.toArray()) written.push({ channel, seq });
        if (written.length >= limit) break;
      }
      return written;
    },
    expire: (channel, time) => expiry.expire(channel, time),
    page: (channel, at, limit) => readPage(range, channel, at, limit),
    async message(channel, seq) {
      const found = await log.findOne<MessageFields>({ channel, type: 'message', seq }, { projection: readable });
      return found ? messageOf(found) : undefined;
    },
    async withKey(channel, sender, key) {
      const [stored] = await withKeys([{ channel, sender: { id: sender }, key }]).toArray();
      return stored && messageOf(stored);
    },
    search: searcher(connection.collections, indexer),
    countAfter: (channel, since, user, cap, hidden = []) =>
      log.countDocuments(
        {
          channel,
          type: 'message',
          seq: { $gt: since },
          'sender.id': { $nin: [user, ...hidden] },
          deletedAt: { $exists: false },
        },
        { limit: cap },
      ),
  };
}
