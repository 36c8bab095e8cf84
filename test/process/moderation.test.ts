import { afterAll, beforeAll, expect, test } from 'vitest';
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
