import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Entry } from '../../../protocol/entities.ts';
import { type Retained, timeOf, withoutGaps } from '../retained.ts';
import { type Database, walEmptier } from './database.ts';
import { type BodyRow, type EntryWriter, entryOf } from './entries.ts';

/** A long log goes in pieces, so that the others' messages get their turn in between. */
const removedAtOnce = 500;

/** What is kept no longer than its channel wants: removed by the store itself, as MongoDB's TTL index does it. */
export function sqliteExpiry(database: Database, writer: EntryWriter) {
  const retained = database.first<Retained>('select first, at from retained where channel = ?');
  const retain = database.run(
    'insert into retained values (?1, ?2, ?3) on conflict do update set first = max(first, ?2), at = ?3',
  );
  const head = database.first<{ seq: number | null }>('select max(seq) as seq from entries where channel = ?');
  const some = database.all<BodyRow & { row: number }>(
    'select row, body from entries where channel = ? and seq < ? order by seq limit ?',
  );
  const emptyHead = database.run(
    `update entries set body = json_set(body, '$.text', '')
     where channel = ? and seq = ? and type = 'edit' and body ->> 'at' < ?`,
  );
  const emptyWal = walEmptier(database);

  /** Answers whether there may be more. To be called inside of a transaction. */
  function expireSome(channel: string, time: number, last: number): boolean {
    const rows = some(channel, last, removedAtOnce).map((row) => ({ row: row.row, entry: entryOf(row) }));
    const young = rows.findIndex(({ entry }) => timeOf(entry) >= time);
    const old = young < 0 ? rows : rows.slice(0, young);
    for (const { row, entry } of old) writer.remove(channel, row, entry);
    const end = old.at(-1);
    if (end !== undefined) retain(channel, end.entry.seq + 1, time);
    return old.length === removedAtOnce;
  }

  return {
    async expire(channel: string, time: number): Promise<void> {
      const last = head(channel)?.seq ?? 0;
      // The head stays; but of an edit, the message of which is gone by then, the words do not.
      emptyHead(channel, last, time);
      while (database.transact(() => expireSome(channel, time, last))) await nextTurn();
      emptyWal();
    },
    whole(channel: string, entries: Entry[], since: number, limit: number): Entry[] {
      const known = retained(channel);
      return known === undefined ? entries : withoutGaps(entries, since, limit, known);
    },
  };
}
