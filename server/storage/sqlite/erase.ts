import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ChannelSettings } from '../../../protocol/entities.ts';
import type { KeyedMessage } from '../changes.ts';
import { type Erased, withoutUser } from '../erase.ts';
import type { Storage } from '../storage.ts';
import { type Database, walEmptier } from './database.ts';
import { type BodyRow, type EntryWriter, entryOf } from './entries.ts';

/** Rows that are looked through in one go, so that the others' messages get their turn in between. */
const rowsAtOnce = 5_000;

const forgotten = [
  'delete from users where id = ?1',
  'delete from members where user = ?1',
  'delete from receipts where user = ?1',
  'delete from blocks where user = ?1 or blocked = ?1',
  'delete from held where user = ?1',
  'delete from subjects where user = ?1',
];

export function sqliteEraser(database: Database, writer: EntryWriter): Storage['erase'] {
  const last = database.first<{ row: number | null }>('select max(row) as row from entries');
  const holding = database.all<BodyRow & { row: number; channel: string }>(
    'select row, channel, body from entries where row > ? and row <= ? and instr(body, ?) > 0',
  );
  const rename = database.run(
    `update entries set author = ?2, key = iif(key is null, null, 'erased-' || seq) where row = ?3 and author = ?1`,
  );
  const forget = forgotten.map((sql) => database.run(sql));
  const disown = database.run('update channels set owner = ?2 where owner = ?1');
  const between = database.all<{ id: string; settings: string }>(
    'select id, settings from channels where instr(settings, ?) > 0',
  );
  const settle = database.run('update channels set settings = ? where id = ?');
  const emptyWal = walEmptier(database);

  /** To be called inside of a transaction. */
  function eraseEntries(from: number, erased: Erased): void {
    for (const found of holding(from, from + rowsAtOnce, JSON.stringify(erased.user))) {
      const entry = entryOf(found);
      const left = withoutUser(entry, erased);
      rename(erased.user, erased.instead, found.row);
      if (entry.type === 'message' && left.type === 'message') {
        // Every stored message has its key.
        writer.replaceMessage(found.channel, found.row, entry as KeyedMessage, left as KeyedMessage);
      } else writer.replaceChange(found.row, left);
    }
  }

  return async (user, instead) => {
    const erased = { user, instead };
    const end = last()?.row ?? 0;
    for (let row = 0; row < end; row += rowsAtOnce) {
      database.transact(() => eraseEntries(row, erased));
      await nextTurn();
    }
    database.transact(() => {
      for (const run of forget) run(user);
      disown(user, instead);
      for (const { id, settings } of between(JSON.stringify(user))) {
        const { between: pair = [], ...rest } = JSON.parse(settings) as ChannelSettings;
        settle(JSON.stringify({ ...rest, between: pair.map((each) => (each === user ? instead : each)) }), id);
      }
    });
    // What was overwritten still lies in the write-ahead log.
    emptyWal();
  };
}
