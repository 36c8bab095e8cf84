import { beforeAll, describe, expect, test } from 'vitest';
import type { Storage } from '../storage.ts';
import { alice, bob, channelOf, deletion, freshId, message, numbers, reaction, seqs } from './make-suite.ts';

export function readsSuite(storage: () => Storage): void {
  const log = () => storage().log;

  test('heads are 0 where there is nothing', async () => {
    const [there, empty] = [await channelOf(log(), numbers(3)), freshId('channel')];
    expect(await log().heads([there, empty])).toEqual(
      new Map([
        [there, 3],
        [empty, 0],
      ]),
    );
    expect(await log().heads([])).toEqual(new Map());
  });

  test('a resume gets what is after its seq, ascending, as much as it asks for', async () => {
    const channel = await channelOf(log(), numbers(10));
    expect(seqs(await log().after(channel, 4, 3))).toEqual([5, 6, 7]);
    expect(await log().after(channel, 10, 3)).toEqual([]);
  });

  test('a resume of 250 entries comes in one piece when it may', async () => {
    const channel = await channelOf(log(), numbers(250));
    expect(await log().after(channel, 0, 300)).toHaveLength(250);
  });

  test('the latest entries come ascending', async () => {
    const channel = await channelOf(log(), numbers(10));
    expect(seqs(await log().latest(channel, 3))).toEqual([8, 9, 10]);
    expect(await log().latest(freshId('channel'), 3)).toEqual([]);
  });

  test('each of many who ask in the same moment gets what they asked for, of their channel and no more of it', async () => {
    const lengths = numbers(70).map((_, n) => n % 7);
    const ids = await Promise.all(
      lengths.map((length) => (length === 0 ? freshId('channel') : channelOf(log(), numbers(length)))),
    );
    const [latest, after, again] = await Promise.all([
      Promise.all(ids.map((id, n) => log().latest(id, 1 + (n % 3)))),
      Promise.all(ids.map((id, n) => log().after(id, n % 4, 1 + (n % 5)))),
      Promise.all(ids.map((id) => log().after(id, 0, 10))),
    ]);
    lengths.forEach((length, n) => {
      const all = numbers(length).map((_, index) => index + 1);
      expect(seqs(latest[n] ?? [])).toEqual(all.slice(-(1 + (n % 3))));
      expect(seqs(after[n] ?? [])).toEqual(all.slice(n % 4, (n % 4) + 1 + (n % 5)));
      expect(seqs(again[n] ?? [])).toEqual(all);
    });
  });

  test('one channel never shows in another', async () => {
    const id = freshId('x');
    await log().append([message(id, 1), message(`${id}.`, 1), message(id.toUpperCase(), 1)]);
    expect(await log().after(id, 0, 10)).toHaveLength(1);
    expect(await log().latest(id, 10)).toHaveLength(1);
  });

  describe('a page', () => {
    let channel = '';
    // Messages 1 … 9 and 11 … 19; 10 and 20 are reactions, which no page shows.
    beforeAll(async () => {
      channel = freshId('channel');
      const block = (from: number) => numbers(9).map((_, index) => message(channel, from + index));
      await log().append([
        ...block(1),
        reaction(channel, 10, 1, bob.id, '👍'),
        ...block(11),
        reaction(channel, 20, 1, bob.id, '🎉'),
      ]);
    });

    const cases = [
      ['before', { before: 5 }, 3, [2, 3, 4], true, true],
      ['before the first', { before: 1 }, 3, [], false, true],
      ['before, to the start', { before: 4 }, 3, [1, 2, 3], false, true],
      ['before what is yet to come', { before: 99 }, 2, [18, 19], true, false],
      ['before a change', { before: 11 }, 2, [8, 9], true, true],
      ['after', { after: 5 }, 3, [6, 7, 8], true, true],
      ['after nothing', { after: 0 }, 3, [1, 2, 3], false, true],
      ['after, to the end', { after: 16 }, 3, [17, 18, 19], true, false],
      ['after the last', { after: 19 }, 3, [], true, false],
      ['around', { around: 8 }, 4, [6, 7, 8, 9], true, true],
      ['around, of one', { around: 8 }, 1, [8], true, true],
      ['around a change', { around: 10 }, 4, [8, 9, 11, 12], true, true],
      ['around the first', { around: 1 }, 4, [1, 2, 3, 4], false, true],
      ['around the last', { around: 19 }, 4, [16, 17, 18, 19], true, false],
      ['around what is yet to come', { around: 99 }, 4, [16, 17, 18, 19], true, false],
      [
        'around, with room for all',
        { around: 9 },
        200,
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19],
        false,
        false,
      ],
    ] as const;

    test.each(cases)('%s %o of %i', async (_, at, limit, expected, hasBefore, hasAfter) => {
      const page = await log().page(channel, at, limit);
      expect(seqs(page.messages)).toEqual(expected);
      expect(page).toMatchObject({ hasBefore, hasAfter });
    });
  });

  test('a page of an empty channel is empty', async () => {
    const empty = { messages: [], hasBefore: false, hasAfter: false };
    expect(await log().page(freshId('channel'), { before: 9 }, 5)).toEqual(empty);
    expect(await log().page(freshId('channel'), { around: 9 }, 5)).toEqual(empty);
  });

  test('what is no message is not answered as one', async () => {
    const channel = await channelOf(log(), ['one']);
    await log().append([reaction(channel, 2, 1, bob.id, '👍')]);
    expect(await log().message(channel, 2)).toBeUndefined();
    expect(await log().message(channel, 3)).toBeUndefined();
    expect(await log().message(freshId('channel'), 1)).toBeUndefined();
  });

  test('unread are the messages of others, not the deleted ones, counted up to a cap', async () => {
    const channel = await channelOf(log(), numbers(5), { sender: bob });
    await log().append([message(channel, 6, { sender: alice }), deletion(channel, 7, 5)]);
    expect(await log().countAfter(channel, 0, alice.id, 100)).toBe(4);
    expect(await log().countAfter(channel, 3, alice.id, 100)).toBe(1);
    expect(await log().countAfter(channel, 0, bob.id, 100)).toBe(1);
    expect(await log().countAfter(channel, 0, alice.id, 2)).toBe(2);
    expect(await log().countAfter(channel, 0, alice.id, 100, [bob.id])).toBe(0);
    expect(await log().countAfter(channel, 0, 'a-third', 100, [bob.id])).toBe(1);
    expect(await log().countAfter(channel, 7, alice.id, 100)).toBe(0);
  });
}
