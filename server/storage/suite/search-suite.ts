import { expect, test } from 'vitest';
import type { SearchQuery, Storage } from '../storage.ts';
import { alice, bob, channelOf, deletion, edit, freshId, message, numbers, seqs, texts } from './make-suite.ts';

export function searchSuite(storage: () => Storage): void {
  const log = () => storage().log;
  const find = async (channels: readonly string[], query: Partial<SearchQuery>) =>
    (await log().search({ channels, limit: 50, ...query })).messages;

  const matching = [
    ['in any order', 'the quick brown fox', 'fox quick', true],
    ['all of them', 'the quick brown fox', 'quick dog', false],
    ['whole words only', 'concatenate', 'cat', false],
    ['without regard to case', 'Hello WORLD', 'hELLO world', true],
    ['without regard to accents', 'Crème Brûlée', 'creme brulee', true],
    ['with accents in the query', 'uber', 'Über', true],
    ['with punctuation around them', 'well, (really) done!', 'really done', true],
    ['in Cyrillic', 'Привет, мир', 'МИР', true],
    ['in Greek', 'Καλημέρα κόσμε', 'κοσμε', true],
    ['in Hindi', 'नमस्ते दुनिया', 'दुनिया', true],
    ['in Arabic', 'مرحبا بالعالم', 'مرحبا', true],
    ['in Japanese, without spaces', '東京都に住んでいます', '東京', true],
    ['in Japanese, neighbours only', '東京都に住んでいます', '東都', false],
    ['of one Chinese character', '你好世界', '好', true],
    ['in Thai', 'สวัสดีชาวโลก', 'สวัสดี', true],
    ['with quotes and operators in the query', 'a near miss', '"near" AND (miss*', false],
    ['that are operators', 'this AND that', 'AND', true],
    ['that are numbers', 'call 555 1234', '1234', true],
    ['of letters and digits', 'room b52', 'B52', true],
    ['longer than an index likes', `x ${'long'.repeat(2_000)}`, 'long'.repeat(2_000), true],
  ] as const;
  test.each(matching)('words are found %s', async (_, text, words, found) => {
    const channel = await channelOf(log(), [text, 'something else']);
    expect(texts(await find([channel], { words }))).toEqual(found ? [text] : []);
  });

  test('a query without a word finds nothing', async () => {
    const channel = await channelOf(log(), ['hello !']);
    expect(await find([channel], { words: '!' })).toEqual([]);
    expect(await find([channel], { words: ' … ', from: alice.id })).toEqual([]);
  });

  test('many words are found in a thousand channels, the newest first, whatever the order of the channels', async () => {
    const all = numbers(1_000).map(() => freshId('many'));
    const spoken = [990, 10, 500, 20].map((at) => all[at] ?? '');
    for (const channel of spoken) await log().append([message(channel, 1, { text: 'one two three four five six' })]);
    const { messages, more } = await log().search({ channels: all, words: 'six five four three two one', limit: 3 });
    expect(messages.map(({ channel }) => channel)).toEqual(spoken.slice(1).reverse());
    expect(more).toBe(true);
  });

  test('the newest come first, as many as asked, and it says whether there are more', async () => {
    const channel = await channelOf(log(), numbers(5));
    const first = await log().search({ channels: [channel], words: 'message', limit: 3 });
    expect(seqs(first.messages)).toEqual([5, 4, 3]);
    expect(first.more).toBe(true);
    const all = await log().search({ channels: [channel], words: 'message', limit: 5 });
    expect(all).toMatchObject({ more: false, messages: { length: 5 } });
  });

  test('only the channels of the query are looked at, and a found message names its own', async () => {
    const [one, two, secret] = [freshId('channel'), freshId('channel'), freshId('channel')];
    const texts = { text: 'hello' };
    await log().append([
      message(one, 1, texts),
      message(two, 1, texts),
      message(secret, 1, texts),
      message(one, 2, texts),
    ]);
    const found = await find([one, two], { words: 'hello' });
    expect(found.map(({ channel, seq }) => [channel, seq])).toEqual([
      [one, 2],
      [two, 1],
      [one, 1],
    ]);
    expect(await find([], { words: 'hello' })).toEqual([]);
  });

  test('a channel whose id differs by case or a sign is another', async () => {
    const id = freshId('x');
    await log().append([message(id, 1), message(id.toUpperCase(), 1), message(id.replace('-', '.'), 1)]);
    expect(await find([id], { words: 'message' })).toHaveLength(1);
  });

  test('a thousand channels can be searched at once', async () => {
    const channel = await channelOf(log(), ['needle']);
    const channels = [...numbers(999).map((_, index) => `none-${index}`), channel];
    expect(await find(channels, { words: 'needle' })).toHaveLength(1);
  });

  test('from finds the messages of one sender', async () => {
    const channel = freshId('channel');
    await log().append([message(channel, 1), message(channel, 2, { sender: bob }), message(channel, 3)]);
    expect(seqs(await find([channel], { from: bob.id }))).toEqual([2]);
    expect(seqs(await find([channel], { from: alice.id, words: '3' }))).toEqual([3]);
    expect(await find([channel], { from: 'ALICE' })).toEqual([]);
    expect(await find([channel], { words: 'alice' })).toEqual([]);
  });

  test('mentions finds the messages that mention one user', async () => {
    const channel = freshId('channel');
    await log().append([
      message(channel, 1, { mentions: [bob.id, alice.id] }),
      message(channel, 2, { mentions: ['carol'] }),
    ]);
    expect(seqs(await find([channel], { mentions: bob.id }))).toEqual([1]);
    expect(seqs(await find([channel], { mentions: 'carol', words: 'message' }))).toEqual([2]);
  });

  test('what hidden users sent is not found', async () => {
    const channel = freshId('channel');
    await log().append([message(channel, 1), message(channel, 2, { sender: bob })]);
    expect(seqs(await find([channel], { words: 'message', hidden: [bob.id, 'nobody'] }))).toEqual([1]);
  });

  test('an edited message is found by its new words and mentions only, at once', async () => {
    const channel = await channelOf(log(), ['old words'], { mentions: [bob.id] });
    await log().append([edit(channel, 2, 1, 'new words', ['carol'])]);
    expect(await find([channel], { words: 'old' })).toEqual([]);
    expect(await find([channel], { mentions: bob.id })).toEqual([]);
    expect(texts(await find([channel], { words: 'new' }))).toEqual(['new words']);
    expect(seqs(await find([channel], { mentions: 'carol' }))).toEqual([1]);
  });

  test('a deleted message is never found', async () => {
    const channel = await channelOf(log(), ['secret'], { mentions: [bob.id] });
    await log().append([deletion(channel, 2, 1)]);
    expect(await find([channel], { words: 'secret' })).toEqual([]);
    expect(await find([channel], { from: alice.id })).toEqual([]);
    expect(await find([channel], { mentions: bob.id })).toEqual([]);
  });

  test('in a long channel the old and the new are found, the newest first', async () => {
    const channel = await channelOf(log(), numbers(260));
    await log().append([message(channel, 261, { text: 'needle' })]);
    expect(texts(await find([channel], { words: 'message 7' }))).toEqual(['message 7']);
    expect(seqs(await find([channel], { words: 'needle' }))).toEqual([261]);
    expect(seqs(await find([channel], { words: 'message', limit: 200 }))).toEqual(
      numbers(200).map((_, index) => 260 - index),
    );
  });

  test('in a long channel an edit and a delete of an old message reach the search at once', async () => {
    const channel = await channelOf(log(), numbers(160));
    await log().append([edit(channel, 161, 7, 'needle'), deletion(channel, 162, 8)]);
    expect(await find([channel], { words: '7' })).toEqual([]);
    expect(await find([channel], { words: '8' })).toEqual([]);
    expect(seqs(await find([channel], { words: 'needle' }))).toEqual([7]);
    await log().append([deletion(channel, 163, 7)]);
    expect(await find([channel], { words: 'needle' })).toEqual([]);
  });
}
