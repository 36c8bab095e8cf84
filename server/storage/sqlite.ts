import { randomInt } from 'node:crypto';
import { sqliteAudit } from './sqlite/audit.ts';
import { sqliteChannels } from './sqlite/channels.ts';
import { type Database, openDatabase } from './sqlite/database.ts';
import { entryWriter } from './sqlite/entries.ts';
import { sqliteEraser } from './sqlite/erase.ts';
import { sqliteHeld } from './sqlite/held.ts';
import { sqliteLog } from './sqlite/log.ts';
import { sqliteProbe } from './sqlite/probe.ts';
import { sqliteReceipts } from './sqlite/receipts.ts';
import { sqliteUsers } from './sqlite/users.ts';
import { sqliteWorkers } from './sqlite/workers.ts';
import type { Storage } from './storage.ts';

/** The store over a connection that is open; `close` closes it. */
export function sqliteStorage(database: Database): Storage {
  const writer = entryWriter(database);
  return {
    deployment: deploymentOf(database),
    ...sqliteProbe(database, sqliteLog(database, writer)),
    channels: sqliteChannels(database, writer),
    receipts: sqliteReceipts(database),
    users: sqliteUsers(database),
    workers: sqliteWorkers(database),
    held: sqliteHeld(database),
    audit: sqliteAudit(database),
    erase: sqliteEraser(database, writer),
    close: async () => database.close(),
  };
}

/** The number that a database file has room for in its header. A copy of the file has the same. */
function deploymentOf(database: Database): string {
  const stored = database.first<{ application_id: number }>('pragma application_id')()?.application_id;
  if (stored) return String(stored);
  const made = randomInt(1, 2 ** 31);
  database.exec(`pragma application_id = ${made}`);
  return String(made);
}

/**
 * The embedded store: one file, used by one process at a time.
 * Rejects, naming the file, when it cannot be made, written, or is in use.
 */
export async function openSqlite(path: string): Promise<Storage> {
  return sqliteStorage(openDatabase(path));
}
