import type { Entry } from '../../../protocol/entities.ts';
import type { KeyedMessage } from '../changes.ts';
import type { Database, Value } from './database.ts';
import { tokensOf } from './tokens.ts';

export type BodyRow = { body: string };

// Bodies are written by `entryWriter` alone, so what is read back has the type that was written.
export function entryOf(row: BodyRow): Entry {
  return JSON.parse(row.body) as Entry;
}
export function messageOf(row: BodyRow): KeyedMessage {
  return JSON.parse(row.body) as KeyedMessage;
}

type Columns = { author: string; key: Value; target: Value; event: Value };

function columnsOf(entry: Entry): Columns {
  switch (entry.type) {
    case 'message':
      return { author: entry.sender.id, key: entry.key ?? null, target: null, event: null };
    case 'system':
      return { author: entry.by, key: null, target: null, event: entry.event };
    default:
      return { author: entry.by, key: null, target: entry.target, event: null };
  }
}

/** The writes to the logs, each with what it owes to the index of terms. To be called inside of a transaction. */
export function entryWriter(database: Database) {
  const insertEntry = database.run(
    `insert into entries (channel, seq, type, author, key, target, event, body)
     values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
  );
  const updateEntry = database.run('update entries set body = ?, deleted = ? where row = ?');
  const deleteEntry = database.run('delete from entries where row = ?');
  const addTerms = database.run('insert into terms (rowid, term) values (?, ?)');
  const dropTerms = database.run("insert into terms (terms, rowid, term) values ('delete', ?, ?)");

  const index = (row: number, tokens: string) => {
    if (tokens !== '') addTerms(row, tokens);
  };
  const unindex = (row: number, tokens: string) => {
    if (tokens !== '') dropTerms(row, tokens);
  };

  return {
    /** The entry's row; undefined when its seq or its key is taken. */
    insert(channel: string, entry: Entry): number | undefined {
      const { author, key, target, event } = columnsOf(entry);
      const body = JSON.stringify(entry);
      const { changes, row } = insertEntry(channel, entry.seq, entry.type, author, key, target, event, body);
      return changes === 0 ? undefined : row;
    },
    /** As `insert`, and the message can be searched for. */
    insertMessage(channel: string, message: KeyedMessage): boolean {
      const row = this.insert(channel, message);
      if (row === undefined) return false;
      index(row, tokensOf(channel, message));
      return true;
    },
    replaceMessage(channel: string, row: number, old: KeyedMessage, now: KeyedMessage): void {
      updateEntry(JSON.stringify(now), now.deletedAt === undefined ? 0 : 1, row);
      const [before, after] = [tokensOf(channel, old), tokensOf(channel, now)];
      if (before === after) return;
      unindex(row, before);
      index(row, after);
    },
    replaceChange(row: number, now: Entry): void {
      updateEntry(JSON.stringify(now), 0, row);
    },
    remove(channel: string, row: number, entry: Entry): void {
      deleteEntry(row);
      if (entry.type === 'message') unindex(row, tokensOf(channel, { key: '', ...entry }));
    },
  };
}
export type EntryWriter = ReturnType<typeof entryWriter>;
