import { type Document, MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseIn, findMongo } from '../../../test/services/mongod.ts';
import { withService } from '../../../test/services/process.ts';
import { openStorage } from '../open-storage.ts';
import type { Storage } from '../storage.ts';
import { channelOf, numbers } from '../suite/make-suite.ts';
import { memberLists } from './channels.ts';
import { type Collections, collectionsOf, type MemberDocument } from './collections.ts';
import { waiting } from './held.ts';
import { leafQueries } from './leaf-queries.ts';
import { logQueries } from './log.ts';
import { keyQuery } from './messages.ts';
import { searchQueries } from './search-messages.ts';

const mongo = await withService(findMongo);

/** Every stage of a plan, wherever in the explanation it stands. */
function stagesOf(explained: unknown): string[] {
  if (typeof explained !== 'object' || explained === null) return [];
  const own = 'stage' in explained && typeof explained.stage === 'string' ? [explained.stage] : [];
  return [...own, ...Object.values(explained).flatMap(stagesOf)];
}
function planOf(explained: Document): unknown {
  return explained.queryPlanner?.winningPlan ?? explained.stages;
}

/** What the small questions within one cost together; MongoDB may leave the last of them out. */
function lookupOf(explained: Document): Document {
  const stages: Document[] = explained.stages ?? [];
  return stages.find((stage) => '$lookup' in stage) ?? {};
}
function membersIn(channel: string, count: number): MemberDocument[] {
  const member = {
    channel,
    role: 'participant',
    muted: false,
    removed: false,
    invited: false,
    appointed: false,
  } as const;
  return numbers(count).map((_, n) => ({ ...member, user: `user${n}`, joinedAt: n }));
}

describe.skipIf(!mongo)('how MongoDB answers', () => {
  const database = databaseIn(mongo?.url ?? '');
  const client = new MongoClient(database.url);
  let storage: Storage;
  let collections: Collections;
  let channels: string[] = [];
  beforeAll(async () => {
    storage = await openStorage(database.url);
    collections = collectionsOf(client.db());
    channels = await Promise.all(numbers(20).map(() => channelOf(storage.log, numbers(120))));
  });
  afterAll(async () => {
    await storage.close();
    await client.close();
    await database.drop();
    await mongo?.stop();
  });

  const channel = () => channels[7] ?? '';

  test('a resume of several channels reads one index, no more keys than entries, and sorts nothing', async () => {
    const asked = channels.slice(0, 3).map((each) => ({ channel: each, since: 20 }));
    for (const direction of [1, -1] as const) {
      const explained = await logQueries(collections.log).entries(asked, direction, 50).explain('executionStats');
      const { indexesUsed, collectionScans, totalKeysExamined } = lookupOf(explained);
      expect([indexesUsed, collectionScans]).toEqual([['seq'], 0]);
      expect(totalKeysExamined).toBeLessThanOrEqual(3 * 50);
    }
  });

  test('the members of several channels are read in the order of one index', async () => {
    await Promise.all(channels.slice(0, 2).map((each) => collections.members.insertMany(membersIn(each, 20))));
    const asked = channels.slice(0, 2).map((each) => ({ channel: each }));
    const explained = await memberLists(collections.members, asked, 5).explain('executionStats');
    const { indexesUsed, collectionScans, totalKeysExamined } = lookupOf(explained);
    expect([indexesUsed, collectionScans]).toEqual([['order'], 0]);
    expect(totalKeysExamined).toBeLessThanOrEqual(2 * 5);
  });

  test.each([1, -1] as const)('a page reads one index in direction %i and sorts nothing', async (direction) => {
    const explained = await logQueries(collections.log)
      .messages(channel(), { seq: { $lt: 60 } }, direction, 50)
      .explain();
    expect(stagesOf(planOf(explained))).not.toContain('SORT');
    expect(stagesOf(planOf(explained))).toContain('IXSCAN');
    expect(explained.executionStats.totalKeysExamined).toBe(50);
  });

  test('heads are read from the index alone, one key a channel', async () => {
    const explained = await logQueries(collections.log).heads(channels).explain('executionStats');
    const stages = stagesOf(explained);
    expect(stages).toContain('DISTINCT_SCAN');
    expect(stages).not.toContain('FETCH');
    expect(stages).not.toContain('COLLSCAN');
  });

  test('a search reads small leaves by index, and no others', async () => {
    await expect
      .poll(() => collections.leaves.countDocuments({ channel: { $in: channels } }))
      .toBe(2 * channels.length);
    const explained = await leafQueries(collections.leaves, ['wmessage', 'w7']).small(channels).explain();
    const stages = stagesOf(planOf(explained));
    expect(stages).toContain('IXSCAN');
    expect(stages).not.toContain('SORT');
    expect(explained.executionStats.totalDocsExamined).toBe(2 * channels.length);
  });

  test('a search reads of merged leaves those parts that can have its words, in the order of the index', async () => {
    const queries = leafQueries(collections.leaves, ['wmessage', 'w7']);
    const top = queries.top(channels.map((each) => ({ channel: each, from: 100_000 })));
    for (const query of [queries.middle(channels), top]) {
      const explained = await query.explain();
      const stages = stagesOf(planOf(explained));
      expect(stages).toContain('IXSCAN');
      expect(stages).not.toContain('SORT');
      expect(stages).not.toContain('COLLSCAN');
      expect(explained.executionStats.totalDocsExamined).toBe(0);
    }
  });

  test('a search reads messages by index, in leaves or behind them', async () => {
    const ranges = channels.map((each) => ({ channel: each, seq: { $gt: 100 } }));
    const explained = await searchQueries(collections).messages(ranges).explain();
    expect(stagesOf(planOf(explained))).not.toContain('COLLSCAN');
    expect(explained.executionStats.totalDocsExamined).toBe(20 * channels.length);
  });

  test('a repeated key, a user’s channels and a channel’s members are found by index', async () => {
    const { log, members } = collections;
    const sent = channels.map((each) => ({ channel: each, sender: { id: 'alice', name: 'Alice' }, key: 'x' }));
    const sameKey = await keyQuery({ collections, hasKeyIndex: false })(sent).explain();
    expect(sameKey.executionStats.totalKeysExamined).toBeLessThanOrEqual(2 * channels.length);
    const plans = await Promise.all([
      sameKey,
      log.find({ channel: channel(), target: 5, type: 'edit' }).explain(),
      log.find({ channel: channel(), event: 'title' }).sort({ seq: -1 }).explain(),
      members.find({ user: 'alice', removed: false }).sort({ joinedAt: -1, channel: 1 }).explain(),
      members.find({ channel: channel(), removed: false }).sort({ role: 1, joinedAt: 1, user: 1 }).explain(),
    ]);
    for (const plan of plans) {
      const stages = stagesOf(planOf(plan));
      expect(stages).toContain('IXSCAN');
      expect(stages).not.toContain('COLLSCAN');
      expect(stages).not.toContain('SORT');
    }
  });

  test('what waits for organizers is found by index, among however much was decided', async () => {
    const { held } = collections;
    const decided = numbers(300).map((_, at) => ({
      ...{ channel: channel(), user: 'bob', key: `k${at}`, sender: { id: 'bob', name: 'Bob' }, text: '', at },
      state: at % 100 === 0 ? ('waiting' as const) : ('refused' as const),
    }));
    await held.insertMany(decided);
    const explained = await held.find(waiting(channel())).sort({ at: 1 }).limit(100).explain('executionStats');
    expect(stagesOf(planOf(explained))).not.toContain('SORT');
    expect(explained.executionStats.totalDocsExamined).toBe(3);
  });

  test('every index has a name, and every unique one begins with the channel, or is of what has none', async () => {
    const ofChannels = [collections.log, collections.leaves, collections.members, collections.receipts];
    const indexes = await Promise.all(ofChannels.map((each) => each.indexes()));
    for (const index of indexes.flat().filter(({ unique }) => unique)) {
      expect(Object.keys(index.key)[0]).toBe('channel');
      expect(index.name).not.toMatch(/_1/);
    }
  });

  test('several instances may start at the same moment on a database that is new', async () => {
    const fresh = databaseIn(mongo?.url ?? '');
    const started = await Promise.all([1, 2, 3].map(() => openStorage(fresh.url)));
    await Promise.all(started.map((each) => each.close()));
    await fresh.drop();
  });

  test('a document of another shape is refused by the database itself', async () => {
    const wrong = client.db().collection('log').insertOne({ channel: 'x', seq: 'one', type: 'message' });
    await expect(wrong).rejects.toThrow('validation');
  });
});
