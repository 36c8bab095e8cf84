import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeDir, tempDir } from '../../test/services/process.ts';
import type { Committer } from '../log/committer.ts';
import { openSqlite } from '../storage/sqlite.ts';
import type { Storage } from '../storage/storage.ts';
import { channelOf } from '../storage/suite/make-suite.ts';
import { RetentionSweeper } from './sweeper.ts';

const dayMs = 24 * 60 * 60 * 1_000;
const silent = { warn() {} };
const folder = tempDir('retention');
let storage: Storage;
const clock = { now: 100 * dayMs };
let sweeper: RetentionSweeper;
beforeAll(async () => {
  storage = await openSqlite(`${folder}/chat.db`);
  const commit: Committer['commit'] = async (draft) => {
    const head = (await storage.log.heads([draft.channel])).get(draft.channel) ?? 0;
    if (draft.type !== 'delete') throw new Error('only deletes are expected here');
    const [outcome] = await storage.log.append([{ ...draft, seq: head + 1, at: clock.now }]);
    if (outcome?.kind !== 'stored') throw new Error('not stored');
    return outcome;
  };
  sweeper = new RetentionSweeper({ storage, committer: { commit }, log: silent, now: () => clock.now });
});
afterAll(async () => {
  await sweeper.close();
  await storage.close();
  removeDir(folder);
});

async function keeping(days: number, id: string): Promise<void> {
  const settings = { state: 'open' as const, directMessages: true, retainDays: days };
  await storage.channels.create({ id, kind: 'group', title: 'T', settings, createdAt: 1 });
}

test('R44 line 8: a channel keeps messages for its days, and one that says nothing for ever', async () => {
  const aged = { sentAt: clock.now - 3 * dayMs };
  const [short, long, ever] = [
    await channelOf(storage.log, ['one', 'two', 'three'], aged),
    await channelOf(storage.log, ['one'], aged),
    await channelOf(storage.log, ['one'], aged),
  ];
  await keeping(2, short);
  await keeping(10, long);
  await sweeper.sweep();
  const entries = await storage.log.after(short, 0, 10);
  expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  // The last one was the head, whose place must stay: its words are gone, and its delete is the head now.
  expect(JSON.stringify(entries)).not.toMatch(/one|two|three/);
  expect(JSON.stringify(await storage.log.after(long, 0, 10))).toContain('one');
  expect(JSON.stringify(await storage.log.after(ever, 0, 10))).toContain('one');
});

test('R44 line 8: a silent channel is left with one empty entry, however often it is swept', async () => {
  const channel = await channelOf(storage.log, ['one', 'two'], { sentAt: clock.now - 5 * dayMs });
  await keeping(1, channel);
  for (let day = 0; day < 5; day += 1) {
    await sweeper.sweep();
    clock.now += dayMs;
  }
  expect(await storage.log.heads([channel])).toEqual(new Map([[channel, 3]]));
  expect((await storage.log.page(channel, { after: 0 }, 10)).messages).toEqual([]);
});
