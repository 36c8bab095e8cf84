import type { WorkerStore } from '../storage.ts';
import type { Database } from './database.ts';

export function sqliteWorkers(database: Database): WorkerStore {
  const held = database.all<{ worker: number }>('select worker from workers where until > ? and worker <= ?');
  const lease = database.run(
    `insert into workers (worker, holder, until) values (?, ?, ?)
     on conflict (worker) do update set holder = excluded.holder, until = excluded.until`,
  );
  const renew = database.run('update workers set until = max(until, ?) where worker = ? and holder = ?');
  const release = database.run('delete from workers where worker = ? and holder = ?');

  return {
    async claim(holder, max, now, ttlMs) {
      return database.transact(() => {
        const taken = new Set(held(now, max).map(({ worker }) => worker));
        for (let worker = 0; worker <= max; worker += 1) {
          if (taken.has(worker)) continue;
          lease(worker, holder, now + ttlMs);
          return worker;
        }
        throw new Error(`all worker numbers up to ${max} are held`);
      });
    },
    renew: async (holder, worker, now, ttlMs) => renew(now + ttlMs, worker, holder).changes === 1,
    release: async (holder, worker) => {
      release(worker, holder);
    },
  };
}
