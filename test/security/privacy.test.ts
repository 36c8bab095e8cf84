import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { MongoClient } from 'mongodb';
import { afterAll, describe, expect, test } from 'vitest';
import { TestClient } from '../client.ts';
import { type Instance, startInstance } from '../instance.ts';
import { startMongod } from '../services/mongod.ts';
import { removeDir, tempDir, withService } from '../services/process.ts';
import { token } from '../tokens.ts';

const instances: Instance[] = [];
const clients: TestClient[] = [];
const mongo = await withService(startMongod);
afterAll(async () => {
  for (const client of clients) client.close();
  for (const server of instances) await server.remove();
  await mongo?.stop();
});

async function connected(server: Instance, claims: Parameters<typeof token>[0]) {
  const client = await new TestClient(server.url, token(claims)).connected();
  clients.push(client);
  return client;
}

async function http(server: Instance, method: string, path: string, bearer: string, body?: unknown) {
  const answer = await fetch(new URL(path, server.url), {
    method,
    headers: {
      authorization: `Bearer ${bearer}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, text: await answer.text() };
}

test('line 8: no text and no token in logs, metrics, refusals or addresses', async () => {
  const server = await startInstance({ env: { LOG_LEVEL: 'trace' } });
  instances.push(server);
  const marker = `marker${randomUUID().replaceAll('-', '')}`;
  const bearer = token({ sub: 'alice', name: marker, meetings: { m: 'organizer' } });
  const alice = await connected(server, { sub: 'alice', name: marker, meetings: { m: 'organizer' } });
  await alice.command('join', { channel: 'm' });
  const { seq } = await alice.command('send', { channel: 'm', key: 'k', text: `${marker} text` });
  await alice.command('edit', { channel: 'm', seq, text: `${marker} edited` });
  const refusals = [
    ...(await Promise.all([
      alice.ask('send', { channel: marker, key: 'k', text: marker }),
      alice.ask('send', { channel: 'm', key: `${marker} `, text: marker }),
      alice.ask('send', { channel: 'm', key: 'k2', text: { marker } }),
      alice.ask(marker, { text: marker }),
      alice.ask('react', { channel: 'm', seq, emoji: `${marker} x`, on: true }),
      alice.ask('authenticate', { token: `${bearer}x` }),
      alice.ask('send', { channel: 'm', key: 'k3', text: marker.repeat(400) }),
    ])),
    ...(await Promise.all([
      http(server, 'POST', 'channels/m/messages', bearer, { text: { [marker]: marker } }),
      http(server, 'POST', 'channels/m/messages', `${bearer}x`, { text: marker }),
      http(server, 'GET', `channels/${marker}/messages`, bearer),
      http(server, 'GET', `${marker}`, bearer),
    ])),
  ];
  expect(JSON.stringify(refusals)).not.toContain(marker);
  expect(JSON.stringify(refusals)).not.toContain(bearer.split('.')[2]);
  const metrics = await (await fetch(new URL('metrics', server.url))).text();
  expect(metrics).not.toContain(marker);
  await server.stop();
  expect(server.process.output).not.toContain(marker);
  for (const part of bearer.split('.').slice(1)) expect(server.process.output).not.toContain(part);
});

const stores = [
  { name: 'embedded', url: undefined },
  ...(mongo === undefined ? [] : [{ name: 'MongoDB', url: mongo.url }]),
];

describe.each(stores)('R43 line 8: an erased user ($name)', ({ url }) => {
  const data = tempDir('erase');
  afterAll(() => removeDir(data));
  const name = `erase-${randomUUID().slice(0, 8)}`;

  /** Every byte of the store, as text. */
  async function everything(): Promise<string> {
    if (url === undefined) {
      return readdirSync(data, { recursive: true, encoding: 'utf8', withFileTypes: true })
        .filter((file) => file.isFile())
        .map((file) => readFileSync(`${file.parentPath}/${file.name}`, 'latin1'))
        .join();
    }
    const client = await MongoClient.connect(url);
    const all: unknown[] = [];
    for (const collection of await client.db(name).collections()) all.push(await collection.find({}).toArray());
    await client.close();
    return JSON.stringify(all);
  }

  test('leaves no trace in the store, and the others’ log whole', async () => {
    const server = await startInstance({
      data,
      ...(url === undefined ? {} : { env: { DATABASE_URL: url.replace('/?', `/${name}?`) } }),
    });
    instances.push(server);
    const marker = `marker${randomUUID().replaceAll('-', '')}`;
    const user = `user-${marker}`;
    const claims = { sub: user, name: `Name ${marker}`, meetings: ['m'] };
    const bob = await connected(server, { sub: 'bob', meetings: { m: 'organizer' } });
    const gone = await connected(server, claims);
    await bob.command('join', { channel: 'm' });
    await gone.command('join', { channel: 'm' });
    const entries: unknown[] = [];
    bob.socket.on('entries', (event) => entries.push(...event.entries));
    for (let i = 0; i < 60; i += 1)
      await gone.command('send', { channel: 'm', key: `${marker}-${i}`, text: `words of ${marker} ${i}` });
    const answer = await bob.command('send', { channel: 'm', key: 'k', text: 'hello', mentions: [user] });
    await gone.command('edit', { channel: 'm', seq: 1, text: `other words of ${marker}` });
    await gone.command('react', { channel: 'm', seq: answer.seq, emoji: '👍', on: true });
    await gone.command('receipt', { channel: 'm', read: answer.seq });
    const bearer = token(claims);
    expect(
      (
        await http(server, 'POST', 'messages', bearer, {
          sender_ID: user,
          receiver_ID: 'bob',
          type: 'text',
          text: marker,
        })
      ).status,
    ).toBe(201);
    expect((await http(server, 'PUT', `users/me/blocked/bob`, bearer)).status).toBe(204);
    // A denied act of theirs, which the audit log keeps.
    expect((await http(server, 'DELETE', 'users/bob', bearer)).status).toBe(403);
    const service = token({ sub: 'backend', scope: 'service' });
    expect((await http(server, 'GET', 'audit', service)).text).toContain(user);
    const offline = new Promise<void>((left) =>
      bob.socket.on('presence', ({ members }) => {
        if (members[user]?.state === 'offline') left();
      }),
    );
    gone.close();
    await offline;

    expect((await http(server, 'DELETE', `users/${user}`, token({ sub: 'bob', meetings: ['m'] }))).status).toBe(403);
    expect((await http(server, 'DELETE', `users/${user}`, service)).status).toBe(204);

    // Whoever had them on the screen is told, entry by entry.
    await expect
      .poll(() => entries.filter((entry) => JSON.stringify(entry).includes('"delete"')).length)
      .toBeGreaterThanOrEqual(60);
    const log = await bob.log('m');
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
    expect(JSON.stringify(log)).not.toContain(marker);
    expect(JSON.stringify(log)).toContain('hello');
    const search = await http(server, 'GET', `search?q=${marker}`, token({ sub: 'bob', meetings: { m: 'organizer' } }));
    expect(JSON.parse(search.text).messages).toEqual([]);
    const acts = JSON.parse((await http(server, 'GET', 'audit', service)).text).acts;
    expect(acts).toContainEqual(
      expect.objectContaining({ actor: 'erased', action: 'DELETE /users/:user', outcome: 'denied' }),
    );
    expect(await everything()).not.toContain(marker);
    await server.stop();
    expect(await everything()).not.toContain(marker);
  });
});

test('line 8: the audit log tells what was denied and what was done to others, and cannot be altered', async () => {
  const data = tempDir('audit');
  const server = await startInstance({ data });
  instances.push(server);
  const organizer = token({ sub: 'alice', meetings: { m: 'organizer' } });
  const alice = await connected(server, { sub: 'alice', meetings: { m: 'organizer' } });
  const mallory = await connected(server, { sub: 'mallory', meetings: ['other'] });
  const bob = await connected(server, { sub: 'bob', meetings: ['m'] });
  await alice.command('join', { channel: 'm' });
  const { seq } = await bob.command('send', { channel: 'm', key: 'k', text: 'words' });
  for (let i = 0; i < 3; i += 1) expect((await mallory.ask('join', { channel: 'm' })).ok).toBe(false);
  await alice.command('delete', { channel: 'm', seq });
  expect((await http(server, 'PUT', 'channels/m/members/bob', organizer, { muted: true })).status).toBeLessThan(300);
  const acts = JSON.parse((await http(server, 'GET', 'audit', token({ sub: 'backend', scope: 'service' }))).text).acts;
  expect((await http(server, 'GET', 'audit', organizer)).status).toBe(403);
  const denied = acts.filter(
    (act: { outcome: string; actor: string }) => act.outcome === 'denied' && act.actor === 'mallory',
  );
  expect(denied.reduce((sum: number, { times }: { times: number }) => sum + times, 0)).toBe(3);
  expect(acts).toContainEqual(
    expect.objectContaining({ actor: 'alice', action: 'delete', outcome: 'done', channel: 'm', subject: 'bob' }),
  );
  expect(acts).toContainEqual(
    expect.objectContaining({
      actor: 'alice',
      outcome: 'done',
      channel: 'm',
      subject: 'bob',
      action: 'PUT /channels/:id/members/:user',
    }),
  );
  expect(JSON.stringify(acts)).not.toContain('words');
  await server.stop();
  const { default: Database } = await import('libsql');
  const database = new Database(`${data}/chat.db`);
  for (const sql of ["update audit set action = 'nothing'", 'delete from audit'])
    expect(() => database.exec(sql)).toThrow(/append-only/);
  database.close();
  removeDir(data);
});
