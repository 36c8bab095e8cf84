import type { LogStore } from '../storage.ts';
import type { Database } from './database.ts';

/** What a message may take where parts of the index are merged with it: 845 pages were seen. */
const mergeBytes = 4_000_000;

/**
 * A disk may have room for a row, and none for a message. A row is asked for all the time; after an `append` that failed
 * nothing less will do than room for the most that one may need, or another that succeeds.
 */
export function sqliteProbe(database: Database, log: LogStore): { log: LogStore; probe: () => Promise<void> } {
  // Other bytes each time: pages that stay the same are not written.
  const write = database.run(
    'insert into probe values (1, randomblob(?)) on conflict do update set filling = excluded.filling',
  );
  let hasFailed = false;
  return {
    log: {
      ...log,
      async append(entries) {
        try {
          const outcomes = await log.append(entries);
          hasFailed = false;
          return outcomes;
        } catch (error) {
          hasFailed = true;
          throw error;
        }
      },
    },
    async probe() {
      database.transact(() => write(hasFailed ? mergeBytes : 1));
      hasFailed = false;
    },
  };
}
