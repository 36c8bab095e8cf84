import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type CommandName, commandSchemas } from '../../protocol/commands.ts';
import { limits } from '../../protocol/limits.ts';
import { TestClient } from '../client.ts';
import { type Instance, startInstance } from '../instance.ts';
import { secret, token } from '../tokens.ts';

let server: Instance;
let alice: TestClient;
let told = 0;

beforeAll(async () => {
  server = await startInstance();
  alice = await new TestClient(server.url, token({ sub: 'alice', meetings: { m: 'organizer' } })).connected();
  await alice.command('join', { channel: 'm' });
});
afterAll(async () => {
  alice?.close();
  await server?.remove();
});

// After each: the process is alive, the connection stands, nothing that was said is lost.
afterEach(async () => {
  told += 1;
  expect((await alice.send('m', `still here ${told}`)).ok).toBe(true);
  const entries = await alice.log('m');
  const texts = entries.flatMap((entry) => (entry.type === 'message' ? [entry.text] : []));
  expect(texts.filter((text) => text.startsWith('still here'))).toEqual(
    Array.from({ length: told }, (_, i) => `still here ${i + 1}`),
  );
  expect(server.process.output).not.toMatch(/unhandled|uncaught/i);
});

const refused = (code: string) => ({ ok: false, error: { code, message: expect.stringMatching(/./) } });

describe('R8: a token that is not good opens no connection', () => {
  const now = Math.floor(Date.now() / 1_000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = (header: object, claims: object) => {
    const body = `${part(header)}.${part(claims)}`;
    return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
  };
  test.each([
    ['none', ''],
    ['not a token', 'let me in'],
    ['another key', token({ sub: 'alice' }, 'another-key-of-at-least-32-bytes-000')],
    ['expired', token({ sub: 'alice', exp: now - 60 })],
    ['without an end', signed({ alg: 'HS256' }, { sub: 'alice' })],
    ['without a user', signed({ alg: 'HS256' }, { exp: now + 60 })],
    ['unsigned', `${part({ alg: 'none' })}.${part({ sub: 'alice', exp: now + 60 })}.`],
  ])('%s', async (_name, bad) => {
    const client = new TestClient(server.url, bad);
    await expect(client.connected()).rejects.toMatchObject({ data: { code: 'unauthorized' } });
    client.close();
  });
});

describe('R11: every event is answered', () => {
  test('an unknown event', async () => {
    expect(await alice.ask('destroy', { channel: 'm' })).toEqual(refused('invalid'));
    expect(await alice.ask('toString')).toEqual(refused('invalid'));
  });

  test.each(Object.keys(commandSchemas) as CommandName[])('%s with a payload of every wrong type', async (name) => {
    const wrong = [
      null,
      true,
      0,
      -1,
      'text',
      '',
      [],
      [{}],
      {},
      { channel: null },
      { channel: 7, heads: 7, token: 7 },
      { channel: {}, heads: [], token: {} },
    ];
    const answers = await Promise.all([...wrong.map((payload) => alice.ask(name, payload)), alice.ask(name)]);
    // `search` and `typing` aside no command does anything with nothing, so each of these is refused.
    expect(answers.filter(({ ok }) => ok)).toEqual([]);
    expect(new Set(answers.map((answer) => !answer.ok && answer.error.code))).toEqual(new Set(['invalid']));
  });

  test.each(Object.keys(commandSchemas) as CommandName[])('%s without a function for its answer', async (name) => {
    for (const payload of [undefined, null, {}, { channel: 'm' }, 'text']) alice.socket.emit(name, payload);
    expect((await alice.ask('heartbeat', { heads: {} })).ok).toBe(true);
  });

  test.each([5_000, 30_000, 100_000])('arrays nested %i deep', async (depth) => {
    const mallory = await new TestClient(server.url, token({ sub: 'mallory', meetings: ['m'] })).connected();
    // As it goes over the wire: a client's own encoder gives up before the server sees anything.
    const deep = '['.repeat(depth) + ']'.repeat(depth);
    for (const name of ['send', 'join', 'heartbeat', 'search']) {
      for (const field of ['channel', 'text', 'heads', 'mentions'])
        mallory.packet(`27["${name}",{"${field}":${deep}}]`);
      mallory.packet(`27["${name}",${deep}]`);
    }
    // Answered, or thrown out for a packet over the limit; but nobody is kept out.
    await mallory.ask('heartbeat', { heads: {} }).catch(() => undefined);
    mallory.close();
    const again = await new TestClient(server.url, token({ sub: 'mallory', meetings: ['m'] })).connected();
    expect((await again.ask('heartbeat', { heads: {} })).ok).toBe(true);
    again.close();
  });

  test('fields of the wrong type in an otherwise good message', async () => {
    const good = { channel: 'm', key: 'k', text: 'text' };
    for (const part of [
      { key: 1 },
      { key: '' },
      { key: 'a b' },
      { text: 1 },
      { text: '' },
      { text: ' \n ' },
      { text: null },
      { replyTo: '1' },
      { replyTo: 0 },
      { mentions: 'bob' },
      { mentions: [1] },
    ]) {
      expect(await alice.ask('send', { ...good, ...part })).toEqual(refused('invalid'));
    }
  });
});

describe('R12: limits', () => {
  test('a text of exactly the limit is taken, one byte more is not', async () => {
    // Two bytes a character: characters are not what is counted.
    const most = 'é'.repeat(limits.textBytes / 2);
    expect((await alice.ask('send', { channel: 'm', key: 'most', text: most })).ok).toBe(true);
    expect(await alice.ask('send', { channel: 'm', key: 'more', text: `${most}a` })).toEqual(refused('too_large'));
    expect(await alice.ask('send', { channel: 'm', key: 'much-more', text: 'x'.repeat(limits.textBytes * 3) })).toEqual(
      refused('too_large'),
    );
  });

  test('a packet over 64 kB ends its own connection and no other', async () => {
    const bob = await new TestClient(server.url, token({ sub: 'bob', meetings: ['m'] })).connected();
    const ended = new Promise((resolve) => bob.socket.once('disconnect', resolve));
    bob.socket.emit('send', { channel: 'm', key: 'k', text: 'x'.repeat(limits.frameBytes) });
    await ended;
    bob.close();
    expect(alice.socket.connected).toBe(true);
  });
});

test('R9: a channel that is not theirs and one that does not exist get the same answer', async () => {
  const mallory = await new TestClient(server.url, token({ sub: 'mallory', meetings: ['other'] })).connected();
  const answers = await Promise.all(
    ['m', 'nowhere'].flatMap((channel) => [
      mallory.ask('join', { channel }),
      mallory.ask('send', { channel, key: 'k', text: 'hello' }),
      mallory.ask('sync', { channel, since: 0 }),
      mallory.ask('history', { channel }),
    ]),
  );
  mallory.close();
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]).toEqual(refused('forbidden'));
});
