import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseIn, findMongo } from '../../../test/services/mongod.ts';
import { withService } from '../../../test/services/process.ts';
import { openStorage } from '../open-storage.ts';
import type { Storage } from '../storage.ts';
import { alice, channelOf, deletion, freshId, message, numbers, seqs } from '../suite/make-suite.ts';
import { firstSeq, leafSize } from './leaves.ts';

const mongo = await withService(findMongo);
afterAll(() => mongo?.stop());

describe.skipIf(!mongo)('a database of small leaves that list their terms', () => {
  const database = databaseIn(mongo?.url ?? '');
  const client = new MongoClient(database.url);
  const leaves = client.db().collection('leaves');
  let storages: Storage[] = [];
  let channel = '';

  beforeAll(async () => {
    const first = await openStorage(database.url);
    channel = await channelOf(first.log, ['a secretword', ...numbers(19 * leafSize)]);
    await first.close();
    await inOldShape();
    storages = await Promise.all([1, 2].map(() => openStorage(database.url)));
  });
  afterAll(async () => {
    await Promise.all(storages.map((each) => each.close()));
    await client.close();
    await database.drop();
  });

  /** As they were written and indexed before there were merged ones. */
  async function inOldShape(): Promise<void> {
    await leaves.drop();
    const messages = await client.db().collection('log').find({ channel }).sort({ seq: 1 }).toArray();
    const old = numbers(19).map((_, leaf) => {
      const hits: { [field: string]: number } = {};
      const times = new DataView(new ArrayBuffer(leafSize * 8));
      for (const { seq, text, sentAt } of messages.slice(leaf * leafSize, (leaf + 1) * leafSize)) {
        const place = seq - firstSeq(leaf);
        times.setFloat64(place * 8, sentAt);
        for (const word of text.split(' ')) hits[`w${word}`] = (hits[`w${word}`] ?? 0) + 2 ** place;
      }
      const until = (leaf + 1) * leafSize;
      return { channel, leaf, until, at: 1, times: Buffer.from(times.buffer), terms: Object.keys(hits), hits };
    });
    await leaves.insertMany(old);
    await leaves.createIndexes([
      { name: 'leaf', key: { channel: 1, leaf: 1 }, unique: true },
      { name: 'until', key: { channel: 1, leaf: 1, until: 1 } },
      { name: 'terms', key: { channel: 1, terms: 1, at: -1 } },
    ]);
  }

  const find = async (words: string) => {
    const found = await Promise.all(storages.map(({ log }) => log.search({ channels: [channel], words, limit: 3 })));
    return found.map(({ messages }) => seqs(messages));
  };

  test('is searched like another, also by several instances that began at once', async () => {
    expect(await find('secretword')).toEqual([[1], [1]]);
    expect(await find('message 7')).toEqual([[8], [8]]);
    expect(await find('message')).toEqual([
      [951, 950, 949],
      [951, 950, 949],
    ]);
  });

  test('is merged once it is searched, and forgets what is deleted', async () => {
    await expect.poll(() => leaves.countDocuments({ channel, part: 0 })).toBe(3);
    await storages[0]?.log.append([deletion(channel, 952, 1)]);
    expect(JSON.stringify(await leaves.find({ channel }).toArray())).not.toContain('secretword');
    expect(await find('secretword')).toEqual([[], []]);
    expect(await find('message 7')).toEqual([[8], [8]]);
  });

  test('has no index that nothing asks any more', async () => {
    expect((await leaves.indexes()).map(({ name }) => name)).toEqual(['_id_', 'place']);
  });
});

describe.skipIf(!mongo)('a database whose keys have an index of their own', () => {
  const database = databaseIn(mongo?.url ?? '');
  const client = new MongoClient(database.url);
  const log = client.db().collection('log');
  const channel = freshId('channel');
  const [old, fresh] = [message(channel, 1), message(channel, 2)];
  let storage: Storage;

  beforeAll(async () => {
    await (await openStorage(database.url)).close();
    // As it was written and indexed before the key was in a message's name.
    await log.createIndex(
      { channel: 1, 'sender.id': 1, key: 1 },
      {
        name: 'key',
        unique: true,
        partialFilterExpression: { key: { $exists: true } },
      },
    );
    await log.insertOne({ ...old });
    storage = await openStorage(database.url);
  });
  afterAll(async () => {
    await storage.close();
    await client.close();
    await database.drop();
  });

  test('knows a message from then, and one that came since', async () => {
    expect(await storage.log.append([{ ...old, seq: 2 }])).toMatchObject([{ kind: 'duplicate', entry: { seq: 1 } }]);
    expect(await storage.log.append([fresh])).toMatchObject([{ kind: 'stored' }]);
    expect(await storage.log.append([{ ...fresh, seq: 3 }])).toMatchObject([{ kind: 'duplicate', entry: { seq: 2 } }]);
  });

  test('changes and forgets a message from then like any other', async () => {
    expect(await storage.log.append([deletion(channel, 3, 1)])).toMatchObject([{ kind: 'stored' }]);
    await storage.erase(alice.id, 'nobody');
    expect(JSON.stringify(await log.find({ channel }).toArray())).not.toMatch(new RegExp(`${alice.id}|${old.key}`));
    expect(seqs(await storage.log.after(channel, 0, 10))).toEqual([1, 2, 3]);
  });
});
