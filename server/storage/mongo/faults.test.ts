import { setTimeout as wait } from 'node:timers/promises';
import { MongoClient, MongoServerError } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMongod } from '../../../test/services/mongod.ts';
import { withService } from '../../../test/services/process.ts';
import { openStorage } from '../open-storage.ts';
import type { AppendOutcome, Storage } from '../storage.ts';
import { StoreAway } from '../store-away.ts';
import { channelOf, deletion, freshId, message, numbers, seqs } from '../suite/make-suite.ts';

const mongod = await withService(startMongod);

describe.skipIf(!mongod)('when mongod fails', () => {
  let storage: Storage;
  beforeAll(async () => {
    storage = await openStorage(mongod?.url ?? '');
  });
  afterAll(async () => {
    await storage.close();
    await mongod?.stop();
  });

  /** As the committer does: the same again until there is an answer. */
  async function untilAnswered(work: () => Promise<AppendOutcome[]>): Promise<AppendOutcome[]> {
    try {
      return await work();
    } catch {
      return untilAnswered(work);
    }
  }

  test('what an instance that was killed left open holds up nobody who starts, and nobody’s writes', async () => {
    const channel = await channelOf(storage.log, numbers(1));
    const killed = await MongoClient.connect(mongod?.url ?? '');
    const session = killed.startSession();
    try {
      session.startTransaction();
      const left = await killed
        .db('meeting-chat')
        .collection('log')
        .updateOne({ channel, seq: 1 }, { $inc: { touched: 1 } }, { session });
      expect(left.modifiedCount).toBe(1);
      await (await openStorage(mongod?.url ?? '')).close();
      expect(await storage.log.append([message(channel, 2)])).toMatchObject([{ kind: 'stored' }]);
    } finally {
      await session.endSession();
      await killed.close();
    }
  });

  test('a frozen database holds nobody for ever, and all goes on when it thaws', async () => {
    const channel = await channelOf(storage.log, numbers(2));
    const waiting = message(channel, 3);
    await mongod?.freeze();
    try {
      // Each ends by itself: the test's own limit is the bound.
      await Promise.all(
        [
          storage.probe(),
          storage.log.append([waiting]),
          storage.log.append([deletion(channel, 3, 1)]),
          storage.log.after(channel, 0, 10),
          storage.log.heads([channel]),
        ].map((work) => expect(work).rejects.toBeInstanceOf(StoreAway)),
      );
    } finally {
      mongod?.signal('SIGCONT');
    }
    // What was asked of the frozen database may have happened or not; asked again, it has, and once.
    await untilAnswered(() => storage.log.append([waiting]));
    const entries = await storage.log.after(channel, 0, 10);
    expect(seqs(entries)).toEqual([1, 2, 3]);
  });

  test('R17: the probe of a frozen database is refused before who asked for readiness gives up after a second', async () => {
    await mongod?.freeze();
    try {
      const probed = storage.probe().catch((error: unknown) => error);
      expect(await Promise.race([probed, wait(1_000)])).toBeInstanceOf(StoreAway);
    } finally {
      mongod?.signal('SIGCONT');
    }
    await expect.poll(() => storage.probe()).toBeUndefined();
  });

  test('a database that is gone is away; what it refuses for what was asked of it is a mistake', async () => {
    const channel = await channelOf(storage.log, numbers(2));
    // To the database a field with a dollar is an operator, and it knows none of this name.
    const wrong = storage.channels.member(channel, { $nothing: 1 } as unknown as string);
    await expect(wrong).rejects.toBeInstanceOf(MongoServerError);
    await mongod?.kill();
    try {
      await Promise.all(
        [storage.log.after(channel, 0, 10), storage.log.heads([channel]), storage.log.writtenBy('alice', 1)].map(
          (work) => expect(work).rejects.toBeInstanceOf(StoreAway),
        ),
      );
    } finally {
      await mongod?.restart();
    }
  });

  test('what was acked is there after mongod was killed, once, in order and without a gap', async () => {
    const channel = freshId('channel');
    const acked: string[] = [];
    let sending = true;
    const sender = (async () => {
      for (let seq = 1; sending; ) {
        const { key } = message(channel, seq);
        const append = () => storage.log.append([message(channel, seq, { key })]);
        const [outcome] = await untilAnswered(append);
        if (outcome?.kind === 'taken') throw new Error('there is one writer only');
        acked.push(key);
        seq += 1;
      }
    })();
    for (const _ of [1, 2, 3]) {
      const before = acked.length;
      await expect.poll(() => acked.length).toBeGreaterThan(before + 20);
      await mongod?.kill();
      await mongod?.restart();
    }
    sending = false;
    await sender;
    const entries = await storage.log.after(channel, 0, 100_000);
    expect(seqs(entries)).toEqual(entries.map((_, index) => index + 1));
    expect(entries.map((entry) => (entry.type === 'message' ? entry.key : ''))).toEqual(acked);
  });

  test('a database that is not there is refused at the start, by its address and without its password', async () => {
    const opening = openStorage('mongodb://alice:secretpassword@127.0.0.1:1/?replicaSet=rs');
    await expect(opening).rejects.toThrow('127.0.0.1:1');
    await expect(opening).rejects.not.toThrow('secretpassword');
  });
});
