import { expect, test } from 'vitest';
import type { NewMessage, Storage } from '../storage.ts';
import { alice, bob, channelOf, freshId, kinds, message, numbers, reaction, seqs } from './make-suite.ts';

export function appendSuite(storage: () => Storage): void {
  test('a stored message is answered as every reader gets it', async () => {
    const channel = freshId('channel');
    const sent = message(channel, 1, { replyTo: 1, mentions: [bob.id], sender: { ...alice, role: 'organizer' } });
    const [outcome] = await storage().log.append([sent]);
    const { channel: _, ...entry } = sent;
    expect(outcome).toEqual({ kind: 'stored', entry });
    expect(await storage().log.after(channel, 0, 10)).toEqual([entry]);
    expect(await storage().log.message(channel, 1)).toEqual(entry);
  });

  test('text comes back as it was sent, whatever is in it', async () => {
    const odd = [
      '\0 null',
      '‮ turned',
      '👩‍👩‍👧',
      '{"$ne":1}',
      "'; drop table entries; --",
      ' \n\t ',
      'x'.repeat(10_000),
    ];
    const channel = await channelOf(storage().log, odd);
    const { messages } = await storage().log.page(channel, { after: 0 }, 50);
    expect(messages.map(({ text }) => text)).toEqual(odd);
  });

  test('a batch is answered entry by entry, over several channels', async () => {
    const [one, two] = [freshId('channel'), freshId('channel')];
    const outcomes = await storage().log.append([message(one, 1), message(two, 1), message(one, 2)]);
    expect(kinds(outcomes)).toEqual(['stored', 'stored', 'stored']);
    expect(await storage().log.heads([one, two])).toEqual(
      new Map([
        [one, 2],
        [two, 1],
      ]),
    );
  });

  test('nothing to append is nothing wrong', async () => {
    expect(await storage().log.append([])).toEqual([]);
  });

  test('a seq is given once: the second message for it is taken', async () => {
    const channel = await channelOf(storage().log, ['first']);
    expect(await storage().log.append([message(channel, 1)])).toEqual([{ kind: 'taken' }]);
    expect(await storage().log.heads([channel])).toEqual(new Map([[channel, 1]]));
  });

  test('behind a taken seq the rest of its channel is taken, and the other channels go on', async () => {
    const [taken, free] = [await channelOf(storage().log, ['first']), freshId('channel')];
    const outcomes = await storage().log.append([
      message(free, 1),
      message(taken, 1),
      message(free, 2),
      message(taken, 2),
      message(free, 3),
    ]);
    expect(kinds(outcomes)).toEqual(['stored', 'taken', 'stored', 'taken', 'stored']);
    expect(await storage().log.heads([taken, free])).toEqual(
      new Map([
        [taken, 1],
        [free, 3],
      ]),
    );
  });

  test('conflicts in every channel of a large batch are all told apart', async () => {
    const stuck = await Promise.all(numbers(20).map((text) => channelOf(storage().log, [text])));
    const fresh = stuck.map(() => freshId('channel'));
    const batch = stuck.flatMap((channel, i) => [message(channel, 1), message(fresh[i] ?? '', 1), message(channel, 2)]);
    const outcomes = await storage().log.append(batch);
    expect(kinds(outcomes)).toEqual(stuck.flatMap(() => ['taken', 'stored', 'taken']));
  });

  test('a batch of hundreds is settled channel by channel, like a small one', async () => {
    const [whole, broken] = [freshId('channel'), freshId('channel')];
    const twice = message(broken, 10);
    const places = Array.from({ length: 100 }, (_, i) => i + 1);
    const batch = places.flatMap((seq) => [
      message(whole, seq),
      seq === 10 ? twice : seq === 50 ? { ...twice, seq } : message(broken, seq),
    ]);
    const outcomes = await storage().log.append(batch);
    const of = (channel: string) => kinds(outcomes.filter((_, i) => batch[i]?.channel === channel));
    expect(of(whole)).toEqual(Array(100).fill('stored'));
    expect(of(broken)).toEqual([...Array(49).fill('stored'), 'duplicate', ...Array(50).fill('taken')]);
    expect(await storage().log.heads([whole, broken])).toEqual(
      new Map([
        [whole, 100],
        [broken, 49],
      ]),
    );
    expect(seqs(await storage().log.after(whole, 0, 200))).toEqual(places);
  });

  test('a key sent again is answered with the stored message, and makes no second one', async () => {
    const channel = freshId('channel');
    const sent = message(channel, 1, { text: 'once' });
    const [first] = await storage().log.append([sent]);
    const [again] = await storage().log.append([{ ...sent, seq: 2, id: '9', text: 'other text' }]);
    expect(again).toEqual({ ...first, kind: 'duplicate' });
    expect(await storage().log.heads([channel])).toEqual(new Map([[channel, 1]]));
  });

  test('a key sent again at its own seq is a duplicate, not taken: a lost answer is settled by the key', async () => {
    const sent = message(freshId('channel'), 1);
    await storage().log.append([sent]);
    expect(kinds(await storage().log.append([sent]))).toEqual(['duplicate']);
  });

  test('a repeated key is answered with the message as it stands now', async () => {
    const channel = freshId('channel');
    const sent = message(channel, 1);
    await storage().log.append([sent, reaction(channel, 2, 1, bob.id, '👍')]);
    const [again] = await storage().log.append([{ ...sent, seq: 3 }]);
    expect(again).toMatchObject({ kind: 'duplicate', entry: { seq: 1, reactions: { '👍': [bob.id] } } });
  });

  test('a key twice in one batch: the second is the duplicate of the first, and what follows is taken', async () => {
    const channel = freshId('channel');
    const sent = message(channel, 1);
    const outcomes = await storage().log.append([sent, { ...sent, seq: 2 }, message(channel, 3)]);
    expect(kinds(outcomes)).toEqual(['stored', 'duplicate', 'taken']);
    expect(await storage().log.heads([channel])).toEqual(new Map([[channel, 1]]));
  });

  test('a key of another sender, or in another channel, names another message', async () => {
    const [channel, other] = [freshId('channel'), freshId('channel')];
    const sent = message(channel, 1);
    const outcomes = await storage().log.append([
      sent,
      { ...message(channel, 2, { sender: bob }), key: sent.key },
      { ...message(other, 1), key: sent.key },
    ]);
    expect(kinds(outcomes)).toEqual(['stored', 'stored', 'stored']);
  });

  test('a batch of 500 is stored whole and in order', async () => {
    const channel = await channelOf(storage().log, numbers(500));
    expect(seqs(await storage().log.after(channel, 0, 1_000))).toEqual(numbers(500).map((_, index) => index + 1));
  });

  test('writers that race for one channel leave no gap, lose nothing and double nothing', async () => {
    const channel = freshId('channel');
    const senders = numbers(4).map((_, index) => ({ id: `sender-${index}`, name: 'Sender' }));
    await Promise.all(
      senders.map((sender) =>
        sendAll(
          storage(),
          numbers(25).map((text) => message(channel, 0, { sender, text })),
        ),
      ),
    );
    const entries = await storage().log.after(channel, 0, 1_000);
    expect(seqs(entries)).toEqual(numbers(100).map((_, index) => index + 1));
    for (const { id } of senders) {
      const own = entries.flatMap((entry) => (entry.type === 'message' && entry.sender.id === id ? [entry.text] : []));
      expect(own).toEqual(numbers(25));
    }
  });

  test('the same key on two instances at the same moment is one message', async () => {
    const channel = freshId('channel');
    const sent = message(channel, 0);
    const results = await Promise.all([1, 2, 3, 4].map(() => sendAll(storage(), [sent])));
    expect(new Set(results.flat())).toEqual(new Set([1]));
    expect(await storage().log.heads([channel])).toEqual(new Map([[channel, 1]]));
  });
}

/** Sends in order as an instance does: behind the head that it knows, and again behind the new one when that was taken. */
async function sendAll({ log }: Storage, messages: readonly NewMessage[]): Promise<number[]> {
  const stored: number[] = [];
  let waiting = messages;
  while (waiting.length > 0) {
    const channel = waiting[0]?.channel ?? '';
    const head = (await log.heads([channel])).get(channel) ?? 0;
    const batch = waiting.slice(0, 5).map((each, index) => ({ ...each, seq: head + 1 + index }));
    const outcomes = await log.append(batch);
    const settled = outcomes.flatMap((outcome) => ('entry' in outcome ? [outcome.entry.seq] : []));
    stored.push(...settled);
    waiting = waiting.slice(settled.length);
  }
  return stored;
}
