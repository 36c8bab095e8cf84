import { dirname, resolve } from 'node:path';
import Libsql from 'libsql';
import { makeFolder } from '../folder.ts';
import { seenFromOutside } from '../store-away.ts';
import { migrate } from './schema.ts';

export type Value = string | number | null;

/** A connection, with every statement prepared once where it is declared. */
export interface Database {
  /** Reads all rows. */
  all<Row>(sql: string): (...values: Value[]) => Row[];
  /** Reads the only row, or the first. */
  first<Row>(sql: string): (...values: Value[]) => Row | undefined;
  run(sql: string): (...values: Value[]) => { changes: number; row: number };
  exec(sql: string): void;
  /** All of it is durable when this returns; none of it happened when this throws. */
  transact<Result>(work: () => Result): Result;
  close(): void;
}

/** Moves all of the write-ahead log into the database and empties it; false when another reader is in the way. */
export function walEmptier(database: Database): () => boolean {
  const checkpoint = database.first<{ busy: number }>('pragma wal_checkpoint(truncate)');
  return () => checkpoint()?.busy === 0;
}

/** A tool that someone runs on the file holds it, or the disk is full, broken or away. */
function isOutage(error: unknown): boolean {
  return error instanceof Libsql.SqliteError && /^SQLITE_(BUSY|CANTOPEN|FULL|IOERR|READONLY)/.test(error.code);
}

function telling<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw seenFromOutside(error, isOutage);
  }
}

function connect(path: string): Database {
  const raw = new Libsql(path);
  // Every statement is read to its end: one that is left in the middle keeps its lock and stops checkpoints for ever.
  const all = <Row>(sql: string) => {
    const statement = raw.prepare<Value[][]>(sql);
    return (...values: Value[]) => telling(() => statement.all(values) as Row[]);
  };
  const begin = raw.prepare<Value[][]>('begin immediate');
  const commit = raw.prepare<Value[][]>('commit');
  const rollBack = () => {
    if (raw.inTransaction) raw.exec('rollback');
  };
  return {
    all,
    first<Row>(sql: string) {
      const read = all<Row>(sql);
      return (...values: Value[]) => read(...values)[0];
    },
    run(sql) {
      const statement = raw.prepare<Value[][]>(sql);
      return (...values) => {
        const { changes, lastInsertRowid } = telling(() => statement.run(values));
        return { changes, row: Number(lastInsertRowid) };
      };
    },
    exec: (sql) => {
      raw.exec(sql);
    },
    transact(work) {
      rollBack(); // one that a full disk did not even let end
      telling(() => begin.run([]));
      try {
        const result = work();
        telling(() => commit.run([]));
        return result;
      } catch (error) {
        rollBack();
        throw error;
      }
    },
    close: () => {
      raw.close();
    },
  };
}

/**
 * Holds the file `<path>-lock` for this process. The kernel lets go of it when the process ends, even by SIGKILL, so the
 * next start never finds a stale one. It is a file of its own so that the database stays readable for `sqlite3` and backups.
 */
function lock(path: string): () => void {
  const holder = connect(`${path}-lock`);
  try {
    holder.exec('pragma journal_mode = memory');
    holder.exec('begin exclusive');
  } catch (cause) {
    holder.close();
    if (cause instanceof Libsql.SqliteError && cause.code === 'SQLITE_BUSY') {
      throw new Error('another process is using it', { cause });
    }
    throw cause;
  }
  return () => {
    holder.exec('rollback');
    holder.close();
  };
}

function open(path: string): Database {
  makeFolder(dirname(path));
  const unlock = lock(path);
  try {
    const database = connect(path);
    // Only tools that someone runs on the file are ever in the way; they must not stop everybody's messages for long.
    database.exec('pragma busy_timeout = 100');
    database.exec('pragma journal_mode = wal');
    database.exec('pragma synchronous = full');
    // 32 MB of pages: the indexes' upper parts stay in memory, however long the logs are.
    database.exec('pragma cache_size = -32000');
    // What was deleted is overwritten and not only forgotten.
    database.exec('pragma secure_delete = on');
    database.transact(() => migrate(database));
    return {
      ...database,
      close() {
        // The driver closes the file only when the last statement is garbage: leave nothing for it to do.
        try {
          walEmptier(database)();
        } catch {
          // A full disk has no room for what the log holds; the next start reads it there.
        } finally {
          database.close();
          unlock();
        }
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Makes the folder and the file where there are none; throws an error that names the file when it cannot be used. */
export function openDatabase(path: string): Database {
  try {
    // In full, so that no name means anything else than a file to the driver: `:memory:`, `http:…`.
    return open(resolve(path));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`cannot open the database ${path}: ${reason}`, { cause });
  }
}
