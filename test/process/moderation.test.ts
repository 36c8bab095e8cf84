import { afterAll, beforeAll, expect, test } from 'vitest';
import { limits } from '../../protocol/limits.ts';
import { TestClient } from '../client.ts';
import { type Instance, startInstance } from '../instance.ts';
import { token } from '../tokens.ts';

let server: Instance;
let alice: TestClient;
let bob: TestClient;

beforeAll(async () => {
  server = await startInstance();
  alice = await new TestClient(server.url, token({ sub: 'alice', meetings: { m: 'organizer' } })).connected();
  bob = await new TestClient(server.url, token({ sub: 'bob', meetings: { m: 'participant' } })).connected();
});
afterAll(async () => {
  alice?.close();
  bob?.close();
  await server?.remove();
});

test('R6 R10: an organizer deletes what a participant wrote, and its text is nowhere in the log any more', async () => {
  const { seq } = await bob.send('m', 'something rude');
  await alice.command('delete', { channel: 'm', seq });
  const log = await bob.log('m');
  expect(log).toEqual([
    expect.objectContaining({ seq, type: 'message', text: '', deletedAt: expect.any(Number) }),
    expect.objectContaining({ seq: seq + 1, type: 'delete', target: seq, by: 'alice' }),
  ]);
  expect(JSON.stringify(log)).not.toContain('rude');
});

test('R10: all else about one’s message is one’s own', async () => {
  const { seq } = await alice.send('m', 'mine');
  const forbidden = { ok: false, error: { code: 'forbidden', message: expect.any(String) } };
  expect(await bob.ask('edit', { channel: 'm', seq, text: 'yours' })).toEqual(forbidden);
  expect(await bob.ask('delete', { channel: 'm', seq })).toEqual(forbidden);
  const bobs = await bob.send('m', 'his');
  expect(await alice.ask('edit', { channel: 'm', seq: bobs.seq, text: 'hers' })).toEqual(forbidden);
  await bob.command('edit', { channel: 'm', seq: bobs.seq, text: 'still his' });
  const { messages } = await alice.command('history', { channel: 'm' });
  expect(messages.map(({ text }) => text)).toEqual(['', 'mine', 'still his']);
});

test('R6: a message has so many different reactions, and of each any number', async () => {
  const { seq } = await alice.send('m', 'react to me');
  const react = (who: TestClient, emoji: string, on = true) => who.ask('react', { channel: 'm', seq, emoji, on });
  for (let i = 0; i < limits.reactions; i += 1) expect(await react(bob, `:${i}:`)).toMatchObject({ ok: true });
  expect(await react(bob, '👍')).toMatchObject({ ok: false, error: { code: 'conflict' } });
  expect(await react(alice, ':7:')).toMatchObject({ ok: true });
  await react(bob, ':0:', false);
  expect(await react(bob, '👍')).toMatchObject({ ok: true });
});

test('R6: a reaction can be seen, and turns nothing beside it around', async () => {
  const { seq } = await alice.send('m', 'react to me');
  for (const emoji of ['\u200B', '\u202E', '👍\u202E', 'a\0b', '\u3164'])
    expect(await alice.ask('react', { channel: 'm', seq, emoji, on: true })).toMatchObject({
      error: { code: 'invalid' },
    });
  for (const emoji of ['👨‍👩‍👧‍👦', '❤️', '🏴󠁧󠁢󠁷󠁬󠁳󠁿', '1️⃣', ':+1:'])
    expect(await alice.ask('react', { channel: 'm', seq, emoji, on: true })).toMatchObject({ ok: true });
});

test('R7: nobody answers what is not written yet', async () => {
  const { seq } = await alice.send('m', 'a question');
  const reply = { channel: 'm', text: 'an answer', key: 'answer' };
  expect(await bob.ask('send', { ...reply, replyTo: seq + 1 })).toMatchObject({ error: { code: 'not_found' } });
  expect(await bob.ask('send', { ...reply, replyTo: seq })).toMatchObject({ ok: true, seq: seq + 1 });
});
