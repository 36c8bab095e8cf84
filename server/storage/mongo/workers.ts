import type { WorkerStore } from '../storage.ts';
import { type Connection, isDuplicate } from './connection.ts';

export function mongoWorkers({ collections: { workers } }: Connection): WorkerStore {
  async function lowestFree(max: number, now: number): Promise<number> {
    const held = await workers.find({ _id: { $lte: max }, until: { $gt: now } }, { projection: { _id: 1 } }).toArray();
    const taken = new Set(held.map(({ _id }) => _id));
    for (let worker = 0; worker <= max; worker += 1) if (!taken.has(worker)) return worker;
    throw new Error(`all worker numbers up to ${max} are held`);
  }

  return {
    async claim(holder, max, now, ttlMs) {
      for (;;) {
        const worker = await lowestFree(max, now);
        try {
          const lease = { $set: { holder, until: now + ttlMs } };
          await workers.updateOne({ _id: worker, until: { $lte: now } }, lease, { upsert: true });
          return worker;
        } catch (error) {
          // Another instance leased it in between, so there is no such document to make: look for the next.
          if (!isDuplicate(error)) throw error;
        }
      }
    },
    async renew(holder, worker, now, ttlMs) {
      const { matchedCount } = await workers.updateOne({ _id: worker, holder }, { $max: { until: now + ttlMs } });
      return matchedCount === 1;
    },
    async release(holder, worker) {
      await workers.deleteOne({ _id: worker, holder });
    },
  };
}
