import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseIn, findMongo } from '../../../test/services/mongod.ts';
import { withService } from '../../../test/services/process.ts';
import { openStorage } from '../open-storage.ts';
import type { Storage } from '../storage.ts';
import { bob, channelOf, deletion, edit, freshId, message, numbers, seqs } from '../suite/make-suite.ts';
import { mongoChannels } from './channels.ts';
import { type Collections, collectionsOf } from './collections.ts';
import { connect } from './connection.ts';
import { indexer } from './indexer.ts';
import { allParts, firstSeq, leafDocument, leafSize, written } from './leaves.ts';
import { merger } from './merge.ts';
import { placesOf } from './places.ts';

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

  const leavesOf = (channel: string) => collections.leaves.find({ channel, part: 0 }).sort({ leaf: 1 }).toArray();
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
      expect(placesOf(leaf?.hits.wsecretword).filter((place) => place % 10 === 0)).toEqual([]);
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

  describe('once they are merged', () => {
    const mergedOf = (channel: string) => collections.leaves.find({ channel, part: { $in: allParts(1) } }).toArray();
    /** A channel of 460 messages: the first 400 are in a merged leaf. */
    const oldChannel = async (first: string) => {
      const channel = await channelOf(storage.log, [first, ...numbers(459)]);
      await expect.poll(async () => (await leavesOf(channel)).map(({ leaf }) => leaf)).toEqual([8]);
      return channel;
    };

    test('what is in them is found like the rest, by words of several parts, too', async () => {
      const channel = await oldChannel('a needle');
      expect(await mergedOf(channel)).toHaveLength(allParts(1).length);
      expect(await find(channel, 'needle a')).toEqual([1]);
      expect(await find(channel, 'message 7')).toEqual([8]);
      expect(await find(channel, '455')).toEqual([456]);
      expect(await find(channel, 'message')).toEqual(numbers(100).map((_, n) => 460 - n));
      expect(await find(channel, 'needle message')).toEqual([]);
    });

    test('a delete takes the words out, an edit puts new ones in', async () => {
      const channel = await oldChannel('a secretword here');
      await storage.log.append([deletion(channel, 461, 1), edit(channel, 462, 100, 'afterwards again')]);
      expect(JSON.stringify(await mergedOf(channel))).not.toContain('secretword');
      expect(await find(channel, '99')).toEqual([]);
      expect(await find(channel, 'again afterwards')).toEqual([100]);
      expect(await find(channel, 'message 98')).toEqual([99]);
    });

    test('what retention takes is in them no more', async () => {
      const channel = freshId('channel');
      const old = numbers(460).map((_, n) => message(channel, n + 1, { text: `told word${n + 1}`, sentAt: 100 + n }));
      await storage.log.append(old);
      await expect.poll(async () => (await mergedOf(channel)).length).toBeGreaterThan(0);
      await storage.log.expire(channel, 300);
      const left = JSON.stringify([await mergedOf(channel), await leavesOf(channel)]);
      expect(left).toContain('"wword201"');
      expect(left).not.toMatch(/"wword(1?[0-9]?[0-9]|200)"/);
      expect(await find(channel, 'word201 told')).toEqual([201]);
    });

    test('a user who is erased is in them no more', async () => {
      const [channel, user] = [freshId('channel'), freshId('user')];
      const sender = { id: user, name: 'Carol' };
      await storage.log.append(
        numbers(460).map((_, n) => message(channel, n + 1, n % 100 === 0 ? { sender } : { mentions: ['dave'] })),
      );
      await expect.poll(async () => (await mergedOf(channel)).length).toBeGreaterThan(0);
      await storage.erase(user, 'gone-1');
      expect(JSON.stringify(await mergedOf(channel))).not.toContain(user);
      const { messages } = await storage.log.search({ channels: [channel], mentions: 'dave', limit: 500 });
      expect(messages).toHaveLength(455);
    });

    test('deletes while they are being merged leave no word in them', async () => {
      const channel = freshId('channel');
      await storage.log.append(numbers(460).map((_, n) => message(channel, n + 1, { text: `secretword of${n}` })));
      for (let n = 0; n < 40; n += 1) await storage.log.append([deletion(channel, 461 + n, 10 * n + 1)]);
      await expect.poll(async () => (await mergedOf(channel)).length).toBeGreaterThan(0);
      const places = (await mergedOf(channel)).flatMap(({ hits }) => placesOf(hits.wsecretword));
      expect(places).toHaveLength(360);
      expect(places.filter((place) => place % 10 === 0)).toEqual([]);
    });

    test('several instances that merge at once make each of them once', async () => {
      const others = await Promise.all([1, 2].map(() => connect(database.url)));
      const channel = freshId('channel');
      const mergers = others.map(merger);
      await collections.leaves.insertMany(
        numbers(17).map((_, leaf) =>
          written(
            leafDocument(
              channel,
              leaf,
              [{ ...message(channel, firstSeq(leaf), { text: 'needle' }) }],
              firstSeq(leaf + 1) - 1,
            ),
          ),
        ),
      );
      const until = async (merge: ReturnType<typeof merger>) => {
        for (let merged = [channel]; merged.length > 0; ) merged = await merge([channel]).catch(() => [channel]);
      };
      await Promise.all(mergers.map(until));
      const parts = await mergedOf(channel);
      expect(parts.map(({ part }) => part).sort((one, other) => one - other)).toEqual(allParts(1));
      expect(parts.flatMap(({ hits }) => placesOf(hits.wneedle))).toHaveLength(16);
      await Promise.all(others.map((each) => each.close()));
    });
  });

  test('a removed channel takes its leaves with it', async () => {
    const channel = await channelOf(storage.log, numbers(leafSize));
    await grown(channel, 1);
    await storage.channels.remove(channel);
    expect(await leavesOf(channel)).toEqual([]);
    await storage.log.append([message(channel, 1, { text: 'anew' })]);
    expect(await find(channel, 'anew')).toEqual([1]);
  });

  test('a channel that is removed while its leaves are being made leaves no word behind', async () => {
    const connection = await connect(database.url);
    const index = indexer(connection);
    const channel = await channelOf(storage.log, numbers(2 * leafSize));
    const log: Collections['log'] = Object.assign(Object.create(collections.log), {
      async deleteMany(...args: Parameters<Collections['log']['deleteMany']>) {
        index.want(channel);
        await index.done();
        return collections.log.deleteMany(...args);
      },
    });
    await mongoChannels({ ...connection, collections: { ...collections, log } }).remove(channel);
    expect(await leavesOf(channel)).toEqual([]);
    await index.stop();
    await connection.close();
  });
});
