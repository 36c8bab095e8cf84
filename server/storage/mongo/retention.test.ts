import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseIn, findMongo } from '../../../test/services/mongod.ts';
import { withService } from '../../../test/services/process.ts';
import { openStorage } from '../open-storage.ts';
import type { Storage } from '../storage.ts';
import { freshId, message, numbers, seqs } from '../suite/make-suite.ts';
import { type Connection, connect } from './connection.ts';
import { indexer } from './indexer.ts';
import { leafSize } from './leaves.ts';
import { mongoExpiry } from './retention.ts';

const mongo = await withService(findMongo);

describe.skipIf(!mongo)('what a channel keeps no longer', () => {
  const database = databaseIn(mongo?.url ?? '');
  let connection: Connection;
  let storage: Storage;
  beforeAll(async () => {
    connection = await connect(database.url);
    storage = await openStorage(database.url);
  });
  afterAll(async () => {
    await storage.close();
    await connection.close();
    await database.drop();
    await mongo?.stop();
  });

  /** Fails at its nth write; answers whether it came so far. */
  async function cutOffAt(nth: number, channel: string, time: number): Promise<boolean> {
    const index = indexer(connection);
    let writes = 0;
    const unlessCutOff = <Write extends (...args: never[]) => unknown>(write: Write) =>
      ((...args) => {
        writes += 1;
        if (writes === nth) throw new Error('cut off');
        return write(...args);
      }) as Write;
    const { log, retained } = connection.collections;
    const failing = {
      log: withMethod(log, 'updateMany', unlessCutOff(log.updateMany.bind(log))),
      retained: withMethod(retained, 'updateOne', unlessCutOff(retained.updateOne.bind(retained))),
    };
    const expiry = mongoExpiry(
      { ...connection, collections: { ...connection.collections, ...failing } },
      { ...index, forget: unlessCutOff(index.forget) },
    );
    await expiry.expire(channel, time).catch((error: unknown) => expect(error).toMatchObject({ message: 'cut off' }));
    return writes >= nth;
  }

  test('R44: is gone, from the index too, after the sweep that follows one that was cut off, wherever that was', async () => {
    for (let nth = 1, wasCutOff = true; wasCutOff; nth += 1) {
      const channel = freshId('channel');
      const batch = numbers(leafSize + 2).map((_, i) => message(channel, i + 1, { text: 'oldword', sentAt: i + 1 }));
      await storage.log.append(batch);
      await expect.poll(() => connection.collections.leaves.countDocuments({ channel })).toBe(1);
      wasCutOff = await cutOffAt(nth, channel, leafSize + 1);
      await storage.log.expire(channel, leafSize + 1);
      expect(seqs(await storage.log.after(channel, 0, 100))).toEqual(batch.map(({ seq }) => seq));
      const log = await connection.collections.log.find({ channel, seq: { $lte: leafSize } }).toArray();
      const leaves = await connection.collections.leaves.find({ channel }).toArray();
      expect(JSON.stringify([log, leaves])).not.toContain('oldword');
    }
  });
});

function withMethod<Target extends object, Name extends keyof Target>(
  target: Target,
  name: Name,
  method: Target[Name],
): Target {
  return Object.assign(Object.create(target) as Target, { [name]: method });
}
