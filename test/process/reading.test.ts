import { afterAll, beforeAll, expect, test } from 'vitest';
import { limits } from '../../protocol/limits.ts';
import { TestClient } from '../client.ts';
import { type Instance, startInstance } from '../instance.ts';
import { token } from '../tokens.ts';

const written = 450;
const seqs = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

let server: Instance;
let alice: TestClient;

beforeAll(async () => {
  server = await startInstance();
  alice = await new TestClient(server.url, token({ sub: 'alice', meetings: ['m'] })).connected();
  await Promise.all(seqs(1, written).map((i) => alice.send('m', `message ${i}`)));
});
afterAll(async () => {
  alice?.close();
  await server?.remove();
});

test('R5: who was away gets what they missed, in pages of bounded size', async () => {
  const joined = await alice.command('join', { channel: 'm', since: 100 });
  expect(joined.entries.map(({ seq }) => seq)).toEqual(seqs(101, 100 + limits.pageMax));
  expect(joined).toMatchObject({ head: written, more: true });
  const rest = await alice.command('sync', { channel: 'm', since: 100 + limits.pageMax });
  expect(rest.entries.map(({ seq }) => seq)).toEqual(seqs(101 + limits.pageMax, written));
  expect(rest).toMatchObject({ head: written, more: false });
});

test('R5: sync says where the channel stands, though nobody here has joined it', async () => {
  await alice.command('leave', { channel: 'm' });
  const page = await alice.command('sync', { channel: 'm', since: 0, limit: 10 });
  expect(page).toMatchObject({ head: written, more: true, entries: { length: 10 } });
  expect(await alice.command('sync', { channel: 'm', since: written })).toMatchObject({ head: written, more: false });
});

test('R5: who comes for the first time gets the latest page', async () => {
  const joined = await alice.command('join', { channel: 'm', limit: 10 });
  expect(joined.entries.map(({ seq }) => seq)).toEqual(seqs(written - 9, written));
  expect(joined).toMatchObject({ head: written, more: true });
});

test('R7: history pages before, after and around a seq', async () => {
  const page = async (at: { before?: number; after?: number; around?: number }) => {
    const { messages, hasBefore, hasAfter } = await alice.command('history', { channel: 'm', limit: 5, ...at });
    return { seqs: messages.map(({ seq }) => seq), hasBefore, hasAfter };
  };
  expect(await page({})).toEqual({ seqs: seqs(446, 450), hasBefore: true, hasAfter: false });
  expect(await page({ before: 6 })).toEqual({ seqs: seqs(1, 5), hasBefore: false, hasAfter: true });
  expect(await page({ after: 0 })).toEqual({ seqs: seqs(1, 5), hasBefore: false, hasAfter: true });
  expect(await page({ around: 200 })).toEqual({ seqs: seqs(198, 202), hasBefore: true, hasAfter: true });
  expect(await page({ before: 1 })).toEqual({ seqs: [], hasBefore: false, hasAfter: true });
});

test('R14: a heartbeat is answered with the heads that the client does not hold', async () => {
  await alice.command('join', { channel: 'm' });
  expect(await alice.ask('heartbeat', { heads: { m: 7 } })).toEqual({ ok: true, heads: { m: written } });
  expect(await alice.ask('heartbeat', { heads: { m: written } })).toEqual({ ok: true, heads: {} });
  const oddly = await new TestClient(server.url, token({ sub: 'odd', meetings: ['__proto__'] })).connected();
  await oddly.command('join', { channel: '__proto__' });
  await oddly.send('__proto__', 'named so all the same');
  const held = JSON.parse('{"__proto__":7}');
  const { heads } = await oddly.command('heartbeat', { heads: held });
  expect(Object.entries(heads)).toEqual([['__proto__', 1]]);
  oddly.close();
  // Nothing of a channel that was not joined, whether it exists or not.
  expect(await alice.ask('heartbeat', { heads: { other: 0 } })).toEqual({ ok: true, heads: {} });
});
