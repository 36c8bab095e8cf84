import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestClient } from '../client.ts';
import { type Instance, startInstance } from '../instance.ts';
import { removeDir, startProcess, tempDir } from '../services/process.ts';
import { secret, token } from '../tokens.ts';

let data: string;
let server: Instance;
let organizer: TestClient;
let bob: TestClient;
const bearer = token({
  sub: 'alice',
  meetings: { m: 'organizer', masked: 'organizer', held: 'organizer', strict: 'organizer' },
});
const meetings = ['m', 'masked', 'held', 'strict'];

beforeAll(async () => {
  data = tempDir('filter');
  writeFileSync(`${data}/filter.json`, JSON.stringify({ action: 'mask', english: true, words: ['Projekt Adler'] }));
  server = await startInstance({ data });
  organizer = await new TestClient(server.url, bearer).connected();
  bob = await new TestClient(server.url, token({ sub: 'bob', meetings })).connected();
  for (const channel of meetings) await organizer.command('join', { channel });
  await set('masked', { action: 'mask', english: false, words: ['acme', 'foo*'] });
  await set('held', { action: 'hold', english: false, words: ['acme'] });
  await set('strict', { action: 'reject', english: false, words: ['acme'] });
});
afterAll(async () => {
  organizer?.close();
  bob?.close();
  await server?.remove();
  removeDir(data);
});

async function http(method: string, path: string, body?: unknown, as = bearer, at = server) {
  const answer = await fetch(new URL(path, at.url), {
    method,
    headers: { authorization: `Bearer ${as}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' || text === 'null' ? undefined : JSON.parse(text) };
}

async function set(channel: string, filter: object) {
  expect((await http('PATCH', `channels/${channel}`, { settings: { filter } })).status).toBe(200);
}

const say = (channel: string, text: string, key: string = randomUUID()) => bob.ask('send', { channel, key, text });
async function textsIn(channel: string): Promise<string[]> {
  return (await organizer.log(channel)).flatMap((entry) => (entry.type === 'message' ? [entry.text] : []));
}

describe('R45 line 10: the filter', () => {
  test('of the server masks in every channel, and leaves what is harmless alone', async () => {
    for (const text of ['first class in Scunthorpe', 'this is sh1t', 'PROJEKT  Adler starts', 'an \u200Bf\u200Buck']) {
      expect((await say('m', text)).ok).toBe(true);
    }
    expect(await textsIn('m')).toEqual([
      'first class in Scunthorpe',
      'this is ****',
      '************** starts',
      expect.not.stringMatching(/f.?uck/),
    ]);
  });

  test('of a channel masks there and nowhere else, in edits too', async () => {
    const answer = await say('masked', 'Acme and food');
    expect(answer.ok).toBe(true);
    await say('m', 'Acme');
    expect(await textsIn('masked')).toEqual(['**** and ***d']);
    expect((await textsIn('m')).at(-1)).toBe('Acme');
    expect(
      (
        await bob.ask('edit', {
          channel: 'masked',
          seq: answer.ok && 'seq' in answer ? answer.seq : 0,
          text: 'ACME again',
        })
      ).ok,
    ).toBe(true);
    expect(await textsIn('masked')).toEqual(['**** again']);
  });

  test('rejects, and stores nothing', async () => {
    expect(await say('strict', 'about Ａｃｍｅ')).toMatchObject({ ok: false, error: { code: 'invalid' } });
    expect(await textsIn('strict')).toEqual([]);
  });

  test('of whatever kind refuses such words as reactions', async () => {
    for (const channel of ['strict', 'masked']) {
      const { seq } = await organizer.command('send', { channel, key: randomUUID(), text: 'harmless' });
      const react = (emoji: string) => bob.ask('react', { channel, seq, emoji, on: true });
      expect(await react('acme')).toMatchObject({ ok: false, error: { code: 'invalid' } });
      expect(await react('👍')).toMatchObject({ ok: true });
    }
  });

  test('holds until an organizer lets it through, once', async () => {
    expect(await say('held', 'about acme', 'one')).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await say('held', 'about acme', 'one')).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await say('held', 'acme!', 'two')).toMatchObject({ ok: false });
    const waiting = await http('GET', 'channels/held/held');
    expect(waiting.body.messages).toMatchObject([
      { sender: { id: 'bob' }, key: 'one', text: 'about acme' },
      { sender: { id: 'bob' }, key: 'two', text: 'acme!' },
    ]);
    const asBob = token({ sub: 'bob', meetings });
    expect((await http('GET', 'channels/held/held', undefined, asBob)).status).toBe(403);
    expect((await http('POST', 'channels/held/held/bob/one', undefined, asBob)).status).toBe(403);
    expect((await http('POST', 'channels/held/held/bob/one')).status).toBe(204);
    expect((await http('DELETE', 'channels/held/held/bob/two')).status).toBe(204);
    expect((await http('POST', 'channels/held/held/bob/two')).status).toBe(404);
    expect(await textsIn('held')).toEqual(['about acme']);
    // Whoever was not sure sends it again.
    expect((await say('held', 'about acme', 'one')).ok).toBe(true);
    expect(await say('held', 'acme!', 'two')).toMatchObject({ ok: false, error: { code: 'invalid' } });
    expect(await textsIn('held')).toEqual(['about acme']);
    expect((await http('GET', 'channels/held/held')).body.messages).toEqual([]);
  });

  test('lets through what waits only where an organizer may write, and to both of a direct channel at once', async () => {
    const asBackend = token({ sub: 'backend', scope: 'service' });
    expect(await say('held', 'acme again', 'three')).toMatchObject({ ok: false, error: { code: 'conflict' } });
    await http('PATCH', 'channels/held', { state: 'ended' });
    expect(await http('POST', 'channels/held/held/bob/three')).toMatchObject({ status: 409 });
    await http('PATCH', 'channels/held', { state: 'open' });
    expect((await http('POST', 'channels/held/held/bob/three')).status).toBe(204);

    const other = tempDir('filter');
    writeFileSync(`${other}/filter.json`, JSON.stringify({ action: 'hold', english: false, words: ['unheard'] }));
    const strict = await startInstance({ data: other });
    const xi = token({ sub: 'xi' });
    const reader = await new TestClient(strict.url, token({ sub: 'yan' })).connected();
    const heard = new Promise<object>((resolve) => reader.socket.on('entries', resolve));
    const { id } = (await http('POST', 'channels', { kind: 'direct', user: 'yan' }, xi, strict)).body;
    const text = { text: 'unheard of', key: 'k' };
    expect((await http('POST', `channels/${id}/messages`, text, xi, strict)).status).toBe(409);
    expect((await http('POST', `channels/${id}/held/xi/k`, undefined, asBackend, strict)).status).toBe(204);
    expect(await heard).toMatchObject({ channel: id, entries: [{ text: 'unheard of' }] });
    reader.close();
    await strict.remove();
    removeDir(other);
  });

  test('tells its words to organizers alone', async () => {
    const joined = JSON.stringify(await bob.command('join', { channel: 'strict' }));
    expect(joined).toContain('"action":"reject"');
    expect(joined).not.toContain('acme');
    expect((await http('GET', 'channels/strict/filter')).body.words).toEqual(['acme']);
    expect((await http('GET', 'channels/strict/filter', undefined, token({ sub: 'bob', meetings }))).status).toBe(403);
  });

  test('of the server with a mistake in it ends the start with one line', async () => {
    const broken = tempDir('filter');
    writeFileSync(`${broken}/filter.json`, '{"action":"shout"}');
    const started = await startProcess(process.execPath, ['dist/server/main.js', 'serve'], {
      env: {
        PATH: process.env.PATH,
        HOST: '127.0.0.1',
        PORT: '0',
        JWT_SECRET: secret,
        DATABASE_URL: `file:${broken}/chat.db`,
      },
    });
    const { code } = await started.exited;
    removeDir(broken);
    expect(code).toBe(1);
    expect(started.output.trim().split('\n')).toEqual([expect.stringMatching(/DATABASE_URL.*filter\.json/)]);
  });
});
