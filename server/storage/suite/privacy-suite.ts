import { expect, test } from 'vitest';
import type { HeldMessage, Storage } from '../storage.ts';
import { alice, bob, channelOf, deletion, edit, freshId, message, reaction, seqs } from './make-suite.ts';

const texts = (entries: readonly object[]) => JSON.stringify(entries);

/** What is kept, for how long, and of whom nothing is kept. */
export function retentionSuite(storage: () => Storage): void {
  const aged = async (times: readonly number[]) => {
    const channel = freshId('channel');
    await storage().log.append(
      times.map((sentAt, i) => message(channel, i + 1, { text: `word${i + 1} told`, sentAt })),
    );
    return channel;
  };

  // Until MongoDB has taken it away, an entry that is gone stands there as a deleted message; after that, as a delete.
  test('what is older than its channel keeps it is gone, and readers still find no gap', async () => {
    const channel = await aged([100, 200, 300, 400, 500]);
    await storage().log.expire(channel, 300);
    const entries = await storage().log.after(channel, 0, 10);
    expect(seqs(entries)).toEqual([1, 2, 3, 4, 5]);
    expect(texts(entries)).not.toMatch(/word[12]/);
    expect(texts(entries)).toContain('word3');
    expect(seqs(await storage().log.after(channel, 1, 2))).toEqual([2, 3]);
    expect(seqs((await storage().log.search({ channels: [channel], words: 'told', limit: 10 })).messages)).toEqual([
      5, 4, 3,
    ]);
    expect((await storage().log.search({ channels: [channel], words: 'word1', limit: 10 })).messages).toEqual([]);
    expect(texts((await storage().log.page(channel, { after: 0 }, 10)).messages)).not.toMatch(/word[12]/);
    expect(await storage().log.heads([channel])).toEqual(new Map([[channel, 5]]));
  });

  test('the head stays, so that no seq is ever given twice', async () => {
    const channel = await aged([100, 200, 300]);
    await storage().log.expire(channel, 1_000);
    expect(await storage().log.heads([channel])).toEqual(new Map([[channel, 3]]));
    expect(seqs(await storage().log.after(channel, 0, 10))).toEqual([1, 2, 3]);
    expect(await storage().log.append([message(channel, 4, { sentAt: 2_000 })])).toMatchObject([{ kind: 'stored' }]);
    await storage().log.expire(channel, 1_000);
    expect(seqs(await storage().log.after(channel, 2, 10))).toEqual([3, 4]);
  });

  test('an old entry behind a younger one waits for it: what goes is the beginning', async () => {
    const channel = await aged([100, 900, 200, 1_000]);
    await storage().log.expire(channel, 500);
    const entries = await storage().log.after(channel, 0, 10);
    expect(texts(entries)).not.toContain('word1');
    expect(texts(entries)).toContain('word3');
  });

  test('a long log loses hundreds at once, over several pages', async () => {
    const channel = await aged(Array.from({ length: 730 }, (_, i) => i));
    await storage().log.expire(channel, 700);
    const pages = [await storage().log.after(channel, 0, 500), await storage().log.after(channel, 500, 500)].flat();
    expect(seqs(pages)).toEqual(Array.from({ length: 730 }, (_, i) => i + 1));
    expect(texts(pages.slice(0, 700))).not.toContain('word');
    expect(seqs(await storage().log.latest(channel, 20))).toEqual(Array.from({ length: 20 }, (_, i) => 711 + i));
  });

  test('channels say how long they keep', async () => {
    const id = freshId('channel');
    const settings = { state: 'open' as const, directMessages: true, retainDays: 30 };
    await storage().channels.create({ id, kind: 'group', title: 'T', settings, createdAt: 1 });
    expect(await storage().channels.retaining()).toContainEqual({ id, days: 30 });
    await storage().channels.update(id, { settings: { retainDays: 0 } });
    expect((await storage().channels.retaining()).map((each) => each.id)).not.toContain(id);
  });
}

export function heldSuite(storage: () => Storage): void {
  const heldIn = (channel: string, key: string, at: number): HeldMessage => ({
    state: 'waiting',
    channel,
    sender: alice,
    key,
    text: key,
    at,
  });

  const addressOf = (channel: string, key: string) => ({ channel, user: alice.id, key });

  test('a message is held once, and until it is taken away', async () => {
    const channel = freshId('channel');
    const { held } = storage();
    await held.put(heldIn(channel, 'two', 2));
    await held.put(heldIn(channel, 'one', 1));
    await held.put({ ...heldIn(channel, 'one', 3), text: 'other words' });
    expect(await held.list(channel, 10)).toEqual([heldIn(channel, 'one', 1), heldIn(channel, 'two', 2)]);
    expect(await held.get(addressOf(channel, 'one'))).toEqual(heldIn(channel, 'one', 1));
    expect(await held.settle(addressOf(channel, 'one'), ['waiting'], 'refused')).toBe(true);
    expect(await held.get(addressOf(channel, 'one'))).toMatchObject({ state: 'refused', text: '' });
    expect(await held.list(channel, 10)).toEqual([heldIn(channel, 'two', 2)]);
    expect(await held.get({ channel, user: bob.id, key: 'two' })).toBe(undefined);
  });

  test('those that wait are counted, as many as are asked for, and those decided on are not', async () => {
    const channel = freshId('channel');
    const { held } = storage();
    expect(await held.count(channel, 10)).toBe(0);
    for (const [at, key] of ['one', 'two', 'three', 'four'].entries()) await held.put(heldIn(channel, key, at));
    expect(await held.count(channel, 10)).toBe(4);
    expect(await held.count(channel, 3)).toBe(3);
    await held.settle(addressOf(channel, 'one'), ['waiting'], 'refused');
    await held.settle(addressOf(channel, 'two'), ['waiting'], 'approving');
    expect(await held.count(channel, 10)).toBe(3);
    await held.settle(addressOf(channel, 'two'), ['approving'], 'approved');
    expect(await held.count(channel, 10)).toBe(2);
  });

  test('of all who decide on a held message one does, and it keeps its text until it is in the log', async () => {
    const channel = freshId('channel');
    const { held } = storage();
    await held.put(heldIn(channel, 'one', 1));
    const at = addressOf(channel, 'one');
    const decided = await Promise.all([
      held.settle(at, ['waiting'], 'approving'),
      held.settle(at, ['waiting'], 'refused'),
      held.settle(at, ['waiting'], 'refused'),
    ]);
    expect(decided.filter((isDone) => isDone)).toHaveLength(1);
    const other = addressOf(channel, 'two');
    await held.put(heldIn(channel, 'two', 2));
    expect(await held.settle(other, ['waiting', 'approving'], 'approving')).toBe(true);
    expect(await held.settle(other, ['waiting'], 'refused')).toBe(false);
    expect(await held.list(channel, 10)).toContainEqual({ ...heldIn(channel, 'two', 2), state: 'approving' });
    expect(await held.settle(other, ['waiting', 'approving'], 'approving')).toBe(true);
    expect(await held.settle(other, ['approving'], 'approved')).toBe(true);
    expect(await held.get(addressOf(channel, 'two'))).toMatchObject({ state: 'approved', text: '' });
    expect(await held.settle({ ...at, key: 'unknown' }, ['waiting'], 'refused')).toBe(false);
  });

  test('what is held goes with time, decided or not, and in its channel alone', async () => {
    const [channel, other] = [freshId('channel'), freshId('channel')];
    const { held } = storage();
    await held.put(heldIn(channel, 'old', 1));
    await held.put(heldIn(channel, 'decided', 2));
    await held.settle(addressOf(channel, 'decided'), ['waiting'], 'refused');
    await held.put(heldIn(channel, 'young', 9));
    await held.put(heldIn(other, 'old', 1));
    expect(await held.expire(channel, 5)).toBe(true);
    expect(await held.expire(channel, 5)).toBe(false);
    expect(await held.list(channel, 10)).toEqual([heldIn(channel, 'young', 9)]);
    expect(await held.get(addressOf(channel, 'decided'))).toBe(undefined);
    expect(await held.list(other, 10)).toHaveLength(1);
  });
}

export function erasureSuite(storage: () => Storage): void {
  test('an erased user is in nothing any more, and every entry stands in its place', async () => {
    const user = freshId('gone');
    const sender = { id: user, name: 'Marker Name' };
    const channel = await channelOf(storage().log, ['of others']);
    const { audit, channels, held, log, receipts, users } = storage();
    await log.append([
      message(channel, 2, { sender, text: 'marker words', key: 'marker-key' }),
      message(channel, 3, { mentions: [user] }),
      { ...edit(channel, 4, 2, 'marker again'), by: user },
      reaction(channel, 5, 1, user, '👍'),
    ]);
    expect(await log.writtenBy(user, 10)).toEqual([{ channel, seq: 2 }]);
    await log.append([{ ...deletion(channel, 6, 2), by: user }]);
    expect(await log.writtenBy(user, 10)).toEqual([]);
    await users.put({ id: user, name: 'Marker Name', picture: 'https://example.com/marker.png' });
    await users.block(user, alice.id);
    await users.block(alice.id, user);
    await channels.putMember(channel, { user, at: 1 });
    await receipts.merge([{ channel, user, delivered: 1, read: 1, at: 1 }]);
    await held.put({ channel, sender, key: 'held', text: 'marker held', at: 1, state: 'waiting' });
    const pair = freshId('pair');
    const settings = { state: 'open' as const, directMessages: true, between: [user, alice.id] };
    await channels.create({ id: pair, kind: 'direct', title: '', settings, createdAt: 1, owner: user });
    await audit.append([{ at: 7, actor: alice.id, action: 'mute', outcome: 'done', channel, subject: user, times: 1 }]);

    const instead = freshId('erased');
    await storage().erase(user, instead);
    const entries = await log.after(channel, 0, 10);
    expect(seqs(entries)).toEqual([1, 2, 3, 4, 5, 6]);
    const left = [
      entries,
      [...(await users.get([user])).values()],
      await channels.members(channel, 10),
      [...(await receipts.ofChannel(channel)).keys()],
      await users.blockedBy(user),
      (await users.blockedBy(alice.id)).filter((blocked) => blocked === user),
      await held.list(channel, 10),
      await channels.get(pair),
      (await audit.list(100)).filter(({ at }) => at === 7),
      (await log.search({ channels: [channel], from: user, limit: 5 })).messages,
      (await log.search({ channels: [channel], mentions: user, limit: 5 })).messages,
    ];
    expect(JSON.stringify(left)).not.toMatch(new RegExp(`marker|${user}`, 'i'));
    expect(await channels.get(pair)).toMatchObject({ owner: instead, settings: { between: [instead, alice.id] } });
    expect((await audit.list(100)).filter(({ at }) => at === 7)).toMatchObject([
      { actor: alice.id, subject: 'erased' },
    ]);
  });
}

export function auditSuite(storage: () => Storage): void {
  test('the audit log grows at its end, and is told from there', async () => {
    const [one, two] = [freshId('actor'), freshId('actor')];
    const { audit } = storage();
    await audit.append([
      { at: 1, actor: one, action: 'join', outcome: 'denied', channel: 'm', times: 3 },
      { at: 2, actor: two, action: 'delete', outcome: 'done', channel: 'm', subject: one, times: 1 },
    ]);
    await audit.append([]);
    await audit.append([{ at: 3, actor: one, action: 'erase', outcome: 'done', times: 1 }]);
    const own = (await audit.list(100)).filter(({ actor }) => actor === one || actor === two);
    expect(own).toEqual([
      { at: 3, actor: one, action: 'erase', outcome: 'done', times: 1 },
      { at: 2, actor: two, action: 'delete', outcome: 'done', channel: 'm', subject: one, times: 1 },
      { at: 1, actor: one, action: 'join', outcome: 'denied', channel: 'm', times: 3 },
    ]);
  });

  test('acts of thousands of people at once are written down in time', async () => {
    const actors = Array.from({ length: 5_000 }, () => freshId('actor'));
    const { audit } = storage();
    await audit.append(actors.map((actor) => ({ at: 1, actor, action: 'join', outcome: 'denied', times: 1 })));
    const listed = (await audit.list(actors.length)).map(({ actor }) => actor);
    expect(listed.toSorted()).toEqual(actors.toSorted());
  });
}
