import { expect, test } from 'vitest';
import { limits } from '../../../protocol/limits.ts';
import type { Storage } from '../storage.ts';
import {
  alice,
  bob,
  channelOf,
  deletion,
  edit,
  freshId,
  kinds,
  message,
  reaction,
  seqs,
  texts,
  title,
} from './make-suite.ts';

export function changesSuite(storage: () => Storage): void {
  const log = () => storage().log;

  test('an edit is an entry of the log and alters its message', async () => {
    const channel = await channelOf(log(), ['helo']);
    const [outcome] = await log().append([edit(channel, 2, 1, 'hello', [bob.id])]);
    expect(outcome).toMatchObject({ kind: 'stored', entry: { seq: 2, type: 'edit', target: 1, text: 'hello' } });
    const [changed, entry] = await log().after(channel, 0, 10);
    expect(changed).toMatchObject({ seq: 1, text: 'hello', mentions: [bob.id], editedAt: expect.any(Number) });
    expect(outcome).toEqual({ kind: 'stored', entry });
  });

  test('an edit without mentions takes away those that were there', async () => {
    const channel = await channelOf(log(), ['hello @bob'], { mentions: [bob.id] });
    await log().append([edit(channel, 2, 1, 'hello')]);
    expect(await log().message(channel, 1)).not.toHaveProperty('mentions');
  });

  test('of different reactions a message takes so many, however many come at once', async () => {
    const channel = await channelOf(log(), ['hello']);
    const others = Array.from({ length: limits.reactions - 1 }, (_, n) =>
      reaction(channel, n + 2, 1, bob.id, `:${n}:`),
    );
    await log().append(others);
    const next = limits.reactions + 1;
    const outcomes = await Promise.all(
      ['👍', '🎉'].map((emoji) => log().append([reaction(channel, next, 1, alice.id, emoji)])),
    );
    expect(outcomes.flat().filter(({ kind }) => kind === 'stored')).toHaveLength(1);
    expect(await log().append([reaction(channel, next + 1, 1, alice.id, '👀')])).toEqual([{ kind: 'full' }]);
    expect(await log().append([reaction(channel, next + 1, 1, alice.id, ':0:')])).toMatchObject([{ kind: 'stored' }]);
    expect(Object.keys((await log().message(channel, 1))?.reactions ?? {})).toHaveLength(limits.reactions);
  });

  test('an edit that changes nothing says since when it is so', async () => {
    const channel = await channelOf(log(), ['hello']);
    expect(await log().append([edit(channel, 2, 1, 'hello')])).toEqual([{ kind: 'unchanged', seq: 1 }]);
    await log().append([edit(channel, 2, 1, 'hi'), reaction(channel, 3, 1, bob.id, '👍')]);
    expect(await log().append([edit(channel, 4, 1, 'hi')])).toEqual([{ kind: 'unchanged', seq: 2 }]);
    expect(await log().heads([channel])).toEqual(new Map([[channel, 3]]));
  });

  test('a delete takes the text out of the message and out of every edit of it, and leaves the entries', async () => {
    const channel = await channelOf(log(), ['secret one']);
    await log().append([
      edit(channel, 2, 1, 'secret two'),
      edit(channel, 3, 1, 'secret three'),
      deletion(channel, 4, 1),
    ]);
    const entries = await log().after(channel, 0, 10);
    expect(seqs(entries)).toEqual([1, 2, 3, 4]);
    expect(texts(entries)).toEqual(['', '', '', undefined]);
    expect(entries[0]).toMatchObject({ sender: alice, deletedAt: expect.any(Number) });
    expect(JSON.stringify(entries)).not.toContain('secret');
  });

  test('a delete of a deleted message says since when it is so', async () => {
    const channel = await channelOf(log(), ['oops']);
    await log().append([deletion(channel, 2, 1)]);
    expect(await log().append([deletion(channel, 3, 1)])).toEqual([{ kind: 'unchanged', seq: 2 }]);
  });

  test('a deleted message takes no edit and no reaction', async () => {
    const channel = await channelOf(log(), ['oops']);
    await log().append([deletion(channel, 2, 1)]);
    expect(kinds(await log().append([edit(channel, 3, 1, 'back')]))).toEqual(['missing']);
    expect(kinds(await log().append([reaction(channel, 3, 1, bob.id, '👍')]))).toEqual(['missing']);
    expect(await log().heads([channel])).toEqual(new Map([[channel, 2]]));
  });

  test('a change of what is no message of this channel is missing, and what follows in its channel is taken', async () => {
    const [channel, other] = [await channelOf(log(), ['a']), await channelOf(log(), ['b', 'c'])];
    await log().append([reaction(channel, 2, 1, bob.id, '👍')]);
    expect(kinds(await log().append([edit(channel, 3, 9, 'x'), message(channel, 4)]))).toEqual(['missing', 'taken']);
    expect(kinds(await log().append([edit(channel, 3, 2, 'x')]))).toEqual(['missing']);
    expect(await log().message(other, 2)).toMatchObject({ text: 'c' });
  });

  test('a reaction carries all reactions of its message, in the order they were set', async () => {
    const channel = await channelOf(log(), ['hello']);
    await log().append([reaction(channel, 2, 1, bob.id, '👍'), reaction(channel, 3, 1, alice.id, '👍')]);
    const [last] = await log().append([reaction(channel, 4, 1, bob.id, '🎉')]);
    const reactions = { '👍': [bob.id, alice.id], '🎉': [bob.id] };
    expect(last).toMatchObject({ kind: 'stored', entry: { type: 'reaction', reactions } });
    expect(await log().message(channel, 1)).toMatchObject({ reactions });
  });

  test('a reaction that is taken back leaves nothing', async () => {
    const channel = await channelOf(log(), ['hello']);
    const [, last] = await log().append([
      reaction(channel, 2, 1, bob.id, '👍'),
      reaction(channel, 3, 1, bob.id, '👍', false),
    ]);
    expect(last).toMatchObject({ entry: { reactions: {} } });
    expect(await log().message(channel, 1)).not.toHaveProperty('reactions');
  });

  test('a reaction that changes nothing says since when it is so', async () => {
    const channel = await channelOf(log(), ['hello']);
    await log().append([reaction(channel, 2, 1, bob.id, '👍'), reaction(channel, 3, 1, bob.id, '🎉')]);
    expect(await log().append([reaction(channel, 4, 1, bob.id, '👍')])).toEqual([{ kind: 'unchanged', seq: 2 }]);
    expect(await log().append([reaction(channel, 4, 1, bob.id, '👎', false)])).toEqual([{ kind: 'unchanged', seq: 1 }]);
  });

  test.each(['__proto__', 'constructor', '$set', 'a.b', '0'])('an emoji may be called %s', async (emoji) => {
    const channel = await channelOf(log(), ['hello']);
    const [outcome] = await log().append([reaction(channel, 2, 1, bob.id, emoji)]);
    const reactions = Object.fromEntries([[emoji, [bob.id]]]);
    expect(outcome).toMatchObject({ kind: 'stored' });
    const found = await log().message(channel, 1);
    expect(JSON.stringify(found?.reactions)).toBe(JSON.stringify(reactions));
  });

  test('a change for a taken seq has no effect', async () => {
    const channel = await channelOf(log(), ['one', 'two']);
    expect(kinds(await log().append([edit(channel, 2, 1, 'changed')]))).toEqual(['taken']);
    expect(kinds(await log().append([deletion(channel, 1, 1)]))).toEqual(['taken']);
    expect(await log().message(channel, 1)).toMatchObject({ text: 'one' });
  });

  test('messages and changes of one batch stand in its order', async () => {
    const channel = freshId('channel');
    const outcomes = await log().append([
      message(channel, 1, { text: 'one' }),
      edit(channel, 2, 1, 'uno'),
      message(channel, 3, { text: 'two' }),
      deletion(channel, 4, 3),
    ]);
    expect(kinds(outcomes)).toEqual(['stored', 'stored', 'stored', 'stored']);
    expect(texts(await log().after(channel, 0, 10))).toEqual(['uno', 'uno', '', undefined]);
  });

  test('changes to one message that race are all kept', async () => {
    const channel = await channelOf(log(), ['hello']);
    const users = ['u1', 'u2', 'u3', 'u4', 'u5'];
    const react = async (user: string): Promise<void> => {
      const head = (await log().heads([channel])).get(channel) ?? 0;
      const [outcome] = await log().append([reaction(channel, head + 1, 1, user, '👍')]);
      if (outcome?.kind === 'taken') await react(user);
    };
    await Promise.all(users.map(react));
    const found = await log().message(channel, 1);
    expect(found?.reactions?.['👍']?.toSorted()).toEqual(users);
    expect(seqs(await log().after(channel, 0, 10))).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('a new title is an entry, and becomes the title of its channel', async () => {
    const id = freshId('channel');
    const settings = { state: 'open', directMessages: true } as const;
    await storage().channels.create({ id, kind: 'meeting', title: 'Old', settings, createdAt: 1 });
    expect(kinds(await log().append([title(id, 1, 'New')]))).toEqual(['stored']);
    expect(await storage().channels.get(id)).toMatchObject({ title: 'New' });
    expect(await log().append([title(id, 2, 'New')])).toEqual([{ kind: 'unchanged', seq: 1 }]);
  });

  test('a new state is an entry, and becomes the state of its channel', async () => {
    const id = freshId('channel');
    const settings = { state: 'open', directMessages: false } as const;
    await storage().channels.create({ id, kind: 'meeting', title: 'T', settings, createdAt: 1 });
    const closed = {
      channel: id,
      seq: 1,
      type: 'system',
      event: 'state',
      value: 'closed',
      by: alice.id,
      at: 5,
    } as const;
    const [outcome] = await log().append([closed]);
    expect(outcome).toEqual({ kind: 'stored', entry: { ...closed, channel: undefined } });
    expect((await storage().channels.get(id))?.settings).toEqual({ state: 'closed', directMessages: false });
  });
}
