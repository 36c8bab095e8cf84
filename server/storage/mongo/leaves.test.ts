import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseIn, findMongo } from '../../../test/services/mongod.ts';
import { withService } from '../../../test/services/process.ts';
import { openStorage } from '../open-storage.ts';
import type { Storage } from '../storage.ts';
import { bob, channelOf, deletion, edit, message, numbers, seqs } from '../suite/make-suite.ts';
import { type Collections, collectionsOf } from './collections.ts';
import { leafSize } from './leaves.ts';

const mongo = await withService(findMongo);

describe.skipIf(!mongo)('the leaves of the search index', () => {
  const database = databaseIn(mongo?.url ?? '');
  const client = new MongoClient(database.url);
  let storage: Storage;
  let collections: Collections;
  beforeAll(async () => {
    storage = await openStorage(database.url);
    collections = collectionsOf(client.db());
  });
  afterAll(async () => {
    await storage.close();
    await client.close();
    await database.drop();
    await mongo?.stop();
  });

  const leavesOf = (channel: string) => collections.leaves.find({ channel }).sort({ leaf: 1 }).toArray();
  const grown = (channel: string, count: number) =>
    expect
      .poll(async () => (await leavesOf(channel)).map(({ leaf }) => leaf))
      .toEqual(numbers(count).map((_, leaf) => leaf));
  const find = async (channel: string, words: string) =>
    seqs((await storage.log.search({ channels: [channel], words, limit: 100 })).messages);

  test('every 50 entries become a leaf, and what is in leaves is found like the rest', async () => {
    const channel = await channelOf(storage.log, numbers(3 * leafSize + 5));
    await grown(channel, 3);
    expect(await find(channel, '7')).toEqual([7]);
    expect(await find(channel, 'message 150')).toEqual([150]);
    expect(await find(channel, '154')).toEqual([154]);
    expect(await find(channel, 'message')).toHaveLength(100);
  });

  test('a delete takes the words out of the leaf', async () => {
    const channel = await channelOf(storage.log, ['a secretword here', ...numbers(leafSize - 1)]);
    await grown(channel, 1);
    await storage.log.append([deletion(channel, leafSize + 1, 1)]);
    expect(JSON.stringify(await leavesOf(channel))).not.toContain('secretword');
    const documents = await collections.log.find({ channel }).toArray();
    expect(JSON.stringify(documents)).not.toContain('secretword');
  });

  test('an edit changes the words in the leaf', async () => {
    const channel = await channelOf(storage.log, ['before', ...numbers(leafSize - 1)]);
    await grown(channel, 1);
    await storage.log.append([edit(channel, leafSize + 1, 1, 'afterwards')]);
    expect(await find(channel, 'before')).toEqual([]);
    expect(await find(channel, 'afterwards')).toEqual([1]);
  });

  test('deletes while the leaf is being made leave no word in it', async () => {
    const channels = await Promise.all(
      numbers(10).map(() =>
        channelOf(
          storage.log,
          numbers(leafSize).map((each) => `${each} secretword`),
        ),
      ),
    );
    await Promise.all(
      channels.map((channel) =>
        storage.log.append(numbers(5).map((_, n) => deletion(channel, leafSize + 1 + n, 10 * n + 1))),
      ),
    );
    for (const channel of channels) await grown(channel, 1);
    for (const channel of channels) {
      const [leaf] = await leavesOf(channel);
      const hits = leaf?.hits.wsecretword ?? 0;
      expect([0, 10, 20, 30, 40].map((place) => Math.floor(hits / 2 ** place) % 2)).toEqual([0, 0, 0, 0, 0]);
    }
  });

  test('leaves that an instance owed when it ended are made after the next search', async () => {
    const channel = await channelOf(storage.log, numbers(4 * leafSize));
    await grown(channel, 4);
    await collections.leaves.deleteMany({ channel, leaf: { $gte: 1 } });
    expect(await find(channel, '190')).toEqual([190]);
    await grown(channel, 4);
    expect(await find(channel, '190')).toEqual([190]);
  });

  test('a tail that a search had to read is in a leaf after it, which grows with the channel', async () => {
    const channel = await channelOf(storage.log, numbers(30));
    expect(await find(channel, '7')).toEqual([7]);
    const ends = () => leavesOf(channel).then((leaves) => leaves.map(({ until }) => until));
    await expect.poll(ends).toEqual([30]);
    await storage.log.append([
      edit(channel, 31, 7, 'afterwards', [bob.id, 'a.b']),
      message(channel, 32, { text: 'new 7' }),
    ]);
    expect(await find(channel, '7')).toEqual([32]);
    expect(await find(channel, 'afterwards')).toEqual([7]);
    expect(
      seqs(
        (await storage.log.search({ channels: [channel], mentions: 'a.b', words: 'afterwards', limit: 5 })).messages,
      ),
    ).toEqual([7]);
    await storage.log.append(numbers(leafSize).map((text, n) => message(channel, 33 + n, { text })));
    await expect.poll(ends).toEqual([leafSize]);
    expect(await find(channel, '50')).toEqual([82]);
    await expect.poll(ends).toEqual([leafSize, 82]);
    expect(await find(channel, 'message 7')).toEqual([39]);
    expect(await find(channel, 'message 20')).toEqual([52, 20]);
  });

  test('a removed channel takes its leaves with it', async () => {
    const channel = await channelOf(storage.log, numbers(leafSize));
    await grown(channel, 1);
    await storage.channels.remove(channel);
    expect(await leavesOf(channel)).toEqual([]);
    await storage.log.append([message(channel, 1, { text: 'anew' })]);
    expect(await find(channel, 'anew')).toEqual([1]);
  });
});
