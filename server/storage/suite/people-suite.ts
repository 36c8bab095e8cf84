import { expect, test } from 'vitest';
import type { Storage } from '../storage.ts';
import { alice, bob, freshId } from './make-suite.ts';

export function receiptsSuite(storage: () => Storage): void {
  const receipts = () => storage().receipts;

  test('watermarks never go down, each by itself', async () => {
    const channel = freshId('channel');
    const mark = (delivered: number, read: number, at: number) =>
      receipts().merge([{ channel, user: alice.id, delivered, read, at }]);
    await mark(5, 2, 10);
    await mark(3, 4, 20);
    await mark(9, 1, 30);
    expect(await receipts().ofChannel(channel)).toEqual(new Map([[alice.id, { delivered: 9, read: 4 }]]));
    expect(await receipts().readAt(channel, 4, [alice.id])).toEqual(new Map([[alice.id, 20]]));
  });

  test('several marks of a member in one write merge as if they came one by one', async () => {
    const channel = freshId('channel');
    const marks = [
      [1, 1, 10],
      [7, 5, 20],
      [3, 5, 30],
      [6, 2, 40],
    ] as const;
    await receipts().merge(marks.map(([delivered, read, at]) => ({ channel, user: alice.id, delivered, read, at })));
    expect(await receipts().ofChannel(channel)).toEqual(new Map([[alice.id, { delivered: 7, read: 5 }]]));
    expect(await receipts().readAt(channel, 5, [alice.id])).toEqual(new Map([[alice.id, 20]]));
  });

  test('each message has the time at which the watermark passed it; long ago, at the latest', async () => {
    const channel = freshId('channel');
    const read = (seq: number, at: number) =>
      receipts().merge([{ channel, user: alice.id, delivered: seq, read: seq, at }]);
    const at = async (seq: number) => (await receipts().readAt(channel, seq, [alice.id, bob.id])).get(alice.id);
    await read(3, 100);
    await read(5, 200);
    await read(4, 300);
    expect([await at(1), await at(3), await at(4), await at(5), await at(6)]).toEqual([100, 100, 200, 200, undefined]);
    for (let seq = 6; seq <= 40; seq += 1) await read(seq, seq * 1_000);
    expect(await at(40)).toBe(40_000);
    expect(await at(30)).toBe(30_000);
    expect(await at(1)).toBeGreaterThan(100);
    expect(await at(1)).toBeLessThanOrEqual(30_000);
  });

  test('who has read nothing has no time of reading', async () => {
    const channel = freshId('channel');
    await receipts().merge([{ channel, user: alice.id, delivered: 3, read: 0, at: 10 }]);
    expect(await receipts().ofChannel(channel)).toEqual(new Map([[alice.id, { delivered: 3, read: 0 }]]));
    expect(await receipts().readAt(channel, 1, [alice.id])).toEqual(new Map());
  });

  test('marks that race all count', async () => {
    const channel = freshId('channel');
    const all = Array.from({ length: 10 }, (_, n) => n + 1);
    await Promise.all(
      all.map((n) => receipts().merge([{ channel, user: alice.id, delivered: n, read: 11 - n, at: n }])),
    );
    expect((await receipts().ofChannel(channel)).get(alice.id)).toEqual({ delivered: 10, read: 10 });
    expect(await receipts().readAt(channel, 10, [alice.id])).toEqual(new Map([[alice.id, 1]]));
  });

  test('they are found by channel and by user, and only where there is one', async () => {
    const [one, two] = [freshId('channel'), freshId('channel')];
    await receipts().merge([
      { channel: one, user: alice.id, delivered: 1, read: 1, at: 1 },
      { channel: one, user: bob.id, delivered: 2, read: 2, at: 1 },
      { channel: two, user: alice.id, delivered: 3, read: 3, at: 1 },
    ]);
    expect([...(await receipts().ofChannel(one)).keys()].toSorted()).toEqual([alice.id, bob.id]);
    expect([...(await receipts().ofChannel(one, [bob.id, 'nobody'])).keys()]).toEqual([bob.id]);
    // Also when they are asked for in the same moment.
    const [ofOne, ofTwo, ofNobody] = await Promise.all([
      receipts().ofChannel(one, [bob.id]),
      receipts().ofChannel(two, [alice.id, bob.id]),
      receipts().ofChannel(two, []),
    ]);
    expect([ofOne, ofTwo, ofNobody].map((marks) => [...marks.values()].map(({ read }) => read))).toEqual([
      [2],
      [3],
      [],
    ]);
    const own = await receipts().ofUser(alice.id, [one, two, freshId('channel')]);
    expect(own).toEqual(
      new Map([
        [one, { delivered: 1, read: 1 }],
        [two, { delivered: 3, read: 3 }],
      ]),
    );
  });

  test('members who have come to a seq are counted, each watermark by itself', async () => {
    const channel = freshId('channel');
    await receipts().merge([
      { channel, user: 'one', delivered: 5, read: 2, at: 1 },
      { channel, user: 'two', delivered: 5, read: 5, at: 1 },
      { channel, user: 'three', delivered: 1, read: 0, at: 1 },
    ]);
    expect(await receipts().countAt(channel, 5)).toEqual({ delivered: 2, read: 1 });
    expect(await receipts().countAt(channel, 1)).toEqual({ delivered: 3, read: 2 });
    expect(await receipts().countAt(freshId('channel'), 1)).toEqual({ delivered: 0, read: 0 });
  });

  test('no marks are nothing wrong', async () => {
    await expect(receipts().merge([])).resolves.toBeUndefined();
  });
}

export function usersSuite(storage: () => Storage): void {
  const users = () => storage().users;
  const get = async (id: string) => (await users().get([id])).get(id);

  test('a profile is what was put last', async () => {
    const id = freshId('user');
    await users().put({ id, name: 'Al', picture: 'https://example.com/a.png', provider: 'issuer|al' });
    await users().put({ id, name: 'Alice' });
    expect(await get(id)).toEqual({ id, name: 'Alice' });
  });

  test('only those who are known are in the answer', async () => {
    const id = freshId('user');
    await users().put({ id, name: 'Alice' });
    const other = freshId('user');
    const asked = [[id, other], [], [other], [id]];
    const answers = await Promise.all(asked.map((ids) => users().get(ids)));
    expect(answers.map((known) => [...known])).toEqual([
      [[id, { id, name: 'Alice' }]],
      [],
      [],
      [[id, { id, name: 'Alice' }]],
    ]);
  });

  test('the time a user was last seen never goes back, and a profile does not touch it', async () => {
    const id = freshId('user');
    await users().put({ id, name: 'Alice' });
    await users().seen([
      { user: id, at: 20 },
      { user: id, at: 10 },
    ]);
    await users().seen([{ user: id, at: 15 }]);
    await users().put({ id, name: 'Alice B.' });
    expect(await get(id)).toEqual({ id, name: 'Alice B.', lastSeen: 20 });
  });

  test('who was seen before their profile came goes by their id', async () => {
    const id = freshId('user');
    await users().seen([{ user: id, at: 20 }]);
    expect(await get(id)).toEqual({ id, name: id, lastSeen: 20 });
  });

  test('a block is one-sided, and can be said twice and taken back', async () => {
    const [a, b] = [freshId('user'), freshId('user')];
    await Promise.all([users().block(a, b), users().block(a, b), users().block(a, 'a-third')]);
    expect(await users().blockedBy(a)).toEqual(['a-third', b].toSorted());
    expect(await users().blockedBy(b)).toEqual([]);
    await users().unblock(a, b);
    await users().unblock(a, b);
    expect(await users().blockedBy(a)).toEqual(['a-third']);
  });
}

export function workersSuite(storage: () => Storage): void {
  const workers = () => storage().workers;
  // Numbers are few and shared by all: every test has a time of its own, at which all leases before it are over.
  let time = 0;
  const later = () => {
    time += 1_000_000;
    return time;
  };

  test('no two instances hold the same number, though they ask at the same moment', async () => {
    const now = later();
    const claimed = await Promise.all(Array.from({ length: 8 }, (_, n) => workers().claim(`h${n}`, 31, now, 1_000)));
    expect(claimed.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test('the number of a crashed holder is free when its lease is over, not before', async () => {
    const now = later();
    expect(await workers().claim('crashed', 3, now, 1_000)).toBe(0);
    expect(await workers().claim('other', 3, now + 999, 1_000)).toBe(1);
    expect(await workers().claim('third', 3, now + 1_000, 1_000)).toBe(0);
    expect(await workers().renew('crashed', 0, now + 1_001, 1_000)).toBe(false);
  });

  test('a renewed lease lives on', async () => {
    const now = later();
    await workers().claim('holder', 3, now, 1_000);
    expect(await workers().renew('holder', 0, now + 900, 1_000)).toBe(true);
    expect(await workers().claim('other', 3, now + 1_500, 1_000)).toBe(1);
  });

  test('a clock set back does not shorten a lease', async () => {
    const now = later();
    await workers().claim('holder', 3, now, 1_000);
    expect(await workers().renew('holder', 0, now - 500_000, 1_000)).toBe(true);
    expect(await workers().claim('other', 3, now + 500, 1_000)).toBe(1);
  });

  test('a released number is free at once, and only its holder can release it', async () => {
    const now = later();
    await workers().claim('holder', 3, now, 1_000);
    await workers().release('other', 0);
    expect(await workers().claim('other', 3, now, 1_000)).toBe(1);
    await workers().release('holder', 0);
    expect(await workers().claim('third', 3, now, 1_000)).toBe(0);
  });

  test('when all numbers are held a claim is refused', async () => {
    const now = later();
    await workers().claim('a', 1, now, 1_000);
    await workers().claim('b', 1, now, 1_000);
    await expect(workers().claim('c', 1, now, 1_000)).rejects.toThrow('worker');
  });
}
