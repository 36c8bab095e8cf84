import { messageOf } from '../changes.ts';
import { readPage } from '../pages.ts';
import { isWhole } from '../retained.ts';
import type { AppendOutcome, LogStore, NewEntry, NewMessage } from '../storage.ts';
import { changeAppender } from './changes.ts';
import { type Database, walEmptier } from './database.ts';
import { type BodyRow, type EntryWriter, entryOf, messageOf as messageOfRow } from './entries.ts';
import { sqliteExpiry } from './retention.ts';
import { searcher } from './search.ts';

/** What the write-ahead log still holds of a deleted message is tried again after this long, when a reader was in the way. */
const scrubAgainMs = 1_000;

export function sqliteLog(database: Database, writer: EntryWriter): LogStore {
  const sameKey = database.first<BodyRow>('select body from entries where channel = ? and author = ? and key = ?');
  const heads = database.all<{ channel: string; head: number | null }>(
    `select value as channel, (select max(seq) from entries where channel = each.value) as head from json_each(?) each`,
  );
  const after = database.all<BodyRow>('select body from entries where channel = ? and seq > ? order by seq limit ?');
  const latest = database.all<BodyRow>('select body from entries where channel = ? order by seq desc limit ?');
  const below = database.all<BodyRow>(
    "select body from entries where channel = ? and seq < ? and type = 'message' order by seq desc limit ?",
  );
  const from = database.all<BodyRow>(
    "select body from entries where channel = ? and seq >= ? and type = 'message' order by seq limit ?",
  );
  const count = database.first<{ count: number }>(
    `select count(*) as count from (
       select 1 from entries
       where channel = ?1 and seq > ?2 and author <> ?3 and deleted = 0 and type = 'message'
         and author not in (select value from json_each(?5)) limit ?4)`,
  );
  const writtenBy = database.all<{ channel: string; seq: number }>(
    "select channel, seq from entries where author = ? and type = 'message' and deleted = 0 limit ?",
  );
  const emptyWal = walEmptier(database);
  const search = searcher(database);
  const expiry = sqliteExpiry(database, writer);
  const appendChange = changeAppender(database, writer);

  function appendMessage(entry: NewMessage): AppendOutcome {
    const message = messageOf(entry);
    if (writer.insertMessage(entry.channel, message)) return { kind: 'stored', entry: message };
    const stored = sameKey(entry.channel, message.sender.id, message.key);
    return stored ? { kind: 'duplicate', entry: messageOfRow(stored) } : { kind: 'taken' };
  }

  function appendAll(batch: readonly NewEntry[]): AppendOutcome[] {
    const stuck = new Set<string>();
    return batch.map((entry) => {
      if (stuck.has(entry.channel)) return { kind: 'taken' };
      const outcome = entry.type === 'message' ? appendMessage(entry) : appendChange(entry);
      if (outcome.kind !== 'stored') stuck.add(entry.channel);
      return outcome;
    });
  }

  /** When to look for deleted text in the write-ahead log; `undefined` when there is none. */
  let scrubAt: number | undefined;
  function scrub(): void {
    try {
      scrubAt = emptyWal() ? undefined : performance.now() + scrubAgainMs;
    } catch {
      // The delete itself is durable; only the disk is too full for the rest of it.
      scrubAt = performance.now() + scrubAgainMs;
    }
  }

  const range = {
    below: async (channel: string, seq: number, limit: number) => below(channel, seq, limit).map(messageOfRow),
    from: async (channel: string, seq: number, limit: number) => from(channel, seq, limit).map(messageOfRow),
  };

  return {
    async append(batch) {
      const outcomes = database.transact(() => appendAll(batch));
      if (outcomes.some((outcome) => outcome.kind === 'stored' && outcome.entry.type === 'delete')) scrubAt ??= 0;
      if (scrubAt !== undefined && performance.now() >= scrubAt) scrub();
      return outcomes;
    },
    heads: async (channels) =>
      new Map(heads(JSON.stringify(channels)).map(({ channel, head }) => [channel, head ?? 0])),
    async after(channel, since, limit) {
      const entries = after(channel, since, limit).map(entryOf);
      return isWhole(entries, since) ? entries : expiry.whole(channel, entries, since, limit);
    },
    writtenBy: async (user, limit) => writtenBy(user, limit),
    expire: (channel, time) => expiry.expire(channel, time),
    latest: async (channel, limit) => latest(channel, limit).reverse().map(entryOf),
    page: (channel, at, limit) => readPage(range, channel, at, limit),
    async message(channel, seq) {
      const [message] = from(channel, seq, 1).map(messageOfRow);
      return message?.seq === seq ? message : undefined;
    },
    async withKey(channel, sender, key) {
      const stored = sameKey(channel, sender, key);
      return stored && messageOfRow(stored);
    },
    search,
    countAfter: async (channel, since, user, cap, hidden = []) =>
      count(channel, since, user, cap, JSON.stringify(hidden))?.count ?? 0,
  };
}
