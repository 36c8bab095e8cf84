import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeDir, tempDir } from '../../test/services/process.ts';
import { ChatError } from '../chat-error.ts';
import type { Committer } from '../log/committer.ts';
import { openSqlite } from '../storage/sqlite.ts';
import type { Storage } from '../storage/storage.ts';
import { channelOf, edit, message } from '../storage/suite/make-suite.ts';
import { RetentionSweeper } from './sweeper.ts';

const dayMs = 24 * 60 * 60 * 1_000;
const silent = { warn() {} };
const folder = tempDir('retention');
let storage: Storage;
const clock = { now: 100 * dayMs };
let sweeper: RetentionSweeper;
/** The channels whose organizers were told that other messages wait for them than before. */
const told: string[] = [];
const live = { held: (channel: string) => void told.push(channel) };
const commit: Committer['commit'] = async (draft) => {
  const head = (await storage.log.heads([draft.channel])).get(draft.channel) ?? 0;
  if (draft.type !== 'delete') throw new Error('only deletes are expected here');
  const [outcome] = await storage.log.append([{ ...draft, seq: head + 1, at: clock.now }]);
  if (outcome?.kind === 'missing') throw new ChatError('not_found');
  if (outcome?.kind !== 'stored') throw new Error('not stored');
  return outcome;
};
beforeAll(async () => {
  storage = await openSqlite(`${folder}/chat.db`);
  sweeper = new RetentionSweeper({ storage, committer: { commit }, live, log: silent, now: () => clock.now });
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

test('R44 line 8: an old edit at the end of a channel is emptied though its message went before it, and the channels behind it are swept', async () => {
  const old = { sentAt: clock.now - 2 * dayMs };
  const [first, poisoned, last] = ['a-first', 'b-poisoned', 'c-last'];
  const { log } = storage;
  await log.append([message(poisoned, 1, { ...old, text: 'first words' })]);
  await log.append([{ ...edit(poisoned, 2, 1, 'secret words'), at: clock.now }]);
  for (const id of [first, poisoned, last]) await keeping(1, id);
  await sweeper.sweep();
  clock.now += 5 * dayMs;
  for (const id of [first, last]) {
    await log.append([message(id, 1, { ...old, text: 'secret one' }), message(id, 2, { ...old, text: 'secret two' })]);
  }
  await sweeper.sweep();
  for (const id of [first, poisoned, last]) expect(JSON.stringify(await log.after(id, 0, 10))).not.toMatch(/secret/);
});

test('R44 line 8: one channel that fails is no reason for the others to keep theirs', async () => {
  const old = { sentAt: clock.now - 5 * dayMs };
  const [broken, sound] = ['d-broken', 'e-sound'];
  for (const id of [broken, sound]) {
    await storage.log.append([message(id, 1, { ...old, text: 'secret' }), message(id, 2, { ...old, text: 'secret' })]);
    await keeping(1, id);
  }
  const log = Object.assign(Object.create(storage.log), {
    expire: (id: string, time: number) =>
      id === broken ? Promise.reject(new Error('broken')) : storage.log.expire(id, time),
  });
  const warned: unknown[] = [];
  const other = new RetentionSweeper({
    storage: { channels: storage.channels, held: storage.held, log },
    committer: { commit },
    live,
    log: { warn: (facts: object) => void warned.push(facts) },
    now: () => clock.now,
  });
  await other.sweep();
  await other.close();
  expect(JSON.stringify(await storage.log.after(sound, 0, 10))).not.toContain('secret');
  expect(warned).toMatchObject([{ channel: broken }]);
});

test('R44 line 8: what waits for an organizer goes with the rest', async () => {
  const channel = await channelOf(storage.log, ['one'], { sentAt: clock.now });
  await keeping(1, channel);
  const held = { channel, sender: { id: 'bob', name: 'Bob' }, text: 'secret', state: 'waiting' as const };
  await storage.held.put({ ...held, key: 'old', at: clock.now - 2 * dayMs });
  await storage.held.put({ ...held, key: 'young', at: clock.now });
  await sweeper.sweep();
  expect((await storage.held.list(channel, 10)).map(({ key }) => key)).toEqual(['young']);
  await sweeper.sweep();
  expect(told).toEqual([channel]);
});
