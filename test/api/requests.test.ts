import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorCatalogue } from '../../protocol/errors.ts';
import { limits } from '../../protocol/limits.ts';
import type { Claims } from '../tokens.ts';
import { openSite, type Reply, refused, type Site } from './site.ts';

// Every route by the same questions. A route that is added without a row here fails the first test.

type Route = {
  /** What it answers when all is well. */
  ok: number;
  method: string;
  /** `:id` and `:seq` stand for a group that alice owns and bob is in, and for bob's own message in it. */
  path: string;
  body?: object;
  /** Bodies or queries that are not of its form. */
  invalid?: (object | string)[];
  /** What is too long, and so refused as that. */
  tooLarge?: object;
  /** Makes what it is about. */
  before?: (where: { id: string }) => Promise<void>;
  /** Done by neither alice nor bob. */
  by?: Claims;
  /** Done by alice where bob may not. */
  organizers?: true;
  /** Not about a channel: so nobody is a stranger to it. */
  own?: true;
  /** A muted member may not. */
  writes?: true;
};

/** A message of bob's that waits for an organizer. */
async function holdBack({ id }: { id: string }): Promise<void> {
  const filter = { action: 'hold', english: false, words: ['acme'] };
  await site.ask('alice', 'PATCH', `/channels/${id}`, { settings: { filter } });
  await site.ask('bob', 'POST', `/channels/${id}/messages`, { text: 'buy acme', key: 'unwanted' });
}

const long = 'x'.repeat(limits.textBytes + 1);
const routes: { [name: string]: Route } = {
  'post /messages': {
    ok: 201,
    method: 'POST',
    path: '/messages',
    body: { sender_ID: 'bob', receiver_ID: 'cara', type: 'text', text: 'hi' },
    invalid: [{}, { sender_ID: 1, receiver_ID: 'cara', type: 'text', text: 'hi' }],
    tooLarge: { sender_ID: 'bob', receiver_ID: 'cara', type: 'text', text: long },
    own: true,
  },
  'get /messages/{user_id}': {
    ok: 200,
    method: 'GET',
    path: '/messages/bob',
    invalid: ['?limit=x', '?limit=1&limit=2'],
    own: true,
  },
  'post /channels': {
    ok: 201,
    method: 'POST',
    path: '/channels',
    body: { title: 'Group' },
    invalid: [
      {},
      { title: '' },
      { title: 5 },
      { title: ' ' },
      { title: 'x'.repeat(limits.titleLength + 1) },
      { kind: 'party', title: 'x' },
      { title: 'x', passcode: 'abc' },
      { title: 'x', passcode: 'x'.repeat(limits.passcodeLength + 1) },
      { kind: 'direct' },
      { kind: 'direct', user: { $ne: 1 } },
      { kind: 'meeting', id: 'a b' },
    ],
    own: true,
  },
  'get /channels': { ok: 200, method: 'GET', path: '/channels', own: true },
  'get /channels/{id}': { ok: 200, method: 'GET', path: '/channels/:id' },
  'patch /channels/{id}': {
    ok: 200,
    method: 'PATCH',
    path: '/channels/:id',
    body: { title: 'Another' },
    invalid: [{}, { title: '' }, { title: null }, { state: 'shut' }, { settings: 7 }, { settings: { state: 1 } }],
    organizers: true,
  },
  'delete /channels/{id}': { ok: 204, method: 'DELETE', path: '/channels/:id', organizers: true },
  'post /channels/{id}/join': {
    ok: 200,
    method: 'POST',
    path: '/channels/:id/join',
    body: {},
    invalid: [{ passcode: 1 }, { passcode: ['a'] }, { passcode: 'x'.repeat(limits.passcodeLength + 1) }, []],
  },
  'put /channels/{id}/members/{user}': {
    ok: 200,
    method: 'PUT',
    path: '/channels/:id/members/bob',
    body: { muted: false },
    invalid: [{ role: 'king' }, { muted: 'yes' }, { role: null }],
    organizers: true,
  },
  'delete /channels/{id}/members/{user}': {
    ok: 204,
    method: 'DELETE',
    path: '/channels/:id/members/cara',
    organizers: true,
  },
  'get /channels/{id}/messages': {
    ok: 200,
    method: 'GET',
    path: '/channels/:id/messages',
    invalid: ['?limit=0', '?limit=201', '?before=x', '?before=1&after=1', '?around=-1', '?limit='],
  },
  'post /channels/{id}/messages': {
    ok: 201,
    method: 'POST',
    path: '/channels/:id/messages',
    body: { text: 'hi' },
    invalid: [
      {},
      { text: 1 },
      { text: '' },
      { text: 'x', key: '' },
      { text: 'x', replyTo: 0 },
      { text: 'x', mentions: 1 },
      { text: 'x', attachments: [{ name: 'a.png' }] },
    ],
    tooLarge: { text: long },
    writes: true,
  },
  'patch /channels/{id}/messages/{seq}': {
    ok: 200,
    method: 'PATCH',
    path: '/channels/:id/messages/:seq',
    body: { text: 'other words' },
    invalid: [{}, { text: null }],
    tooLarge: { text: long },
    writes: true,
  },
  'delete /channels/{id}/messages/{seq}': {
    ok: 200,
    method: 'DELETE',
    path: '/channels/:id/messages/:seq',
    writes: true,
  },
  'get /channels/{id}/messages/{seq}/receipts': {
    ok: 200,
    method: 'GET',
    path: '/channels/:id/messages/:seq/receipts',
  },
  'put /channels/{id}/receipt': {
    ok: 204,
    method: 'PUT',
    path: '/channels/:id/receipt',
    body: { read: 1 },
    invalid: [{ read: -1 }, { read: '1' }, { read: 1.5 }, { delivered: null }],
  },
  'get /search': {
    ok: 200,
    method: 'GET',
    path: '/search?q=hi&channel=:id',
    invalid: [
      '?',
      '?q=',
      '?mentions=you&q=x',
      '?from=a%20b',
      `?q=${'x'.repeat(limits.queryLength + 1)}`,
      '?q=x&limit=0',
    ],
  },
  'get /channels/{id}/filter': { ok: 200, method: 'GET', path: '/channels/:id/filter', organizers: true },
  'get /channels/{id}/held': { ok: 200, method: 'GET', path: '/channels/:id/held', organizers: true },
  'post /channels/{id}/held/{user}/{key}': {
    ok: 204,
    method: 'POST',
    path: '/channels/:id/held/bob/unwanted',
    organizers: true,
    before: holdBack,
  },
  'delete /channels/{id}/held/{user}/{key}': {
    ok: 204,
    method: 'DELETE',
    path: '/channels/:id/held/bob/unwanted',
    organizers: true,
    before: holdBack,
  },
  'delete /users/{user}': { ok: 204, method: 'DELETE', path: '/users/erika', by: { sub: 'erika' }, own: true },
  'get /audit': {
    ok: 200,
    method: 'GET',
    path: '/audit',
    invalid: ['?limit=0', '?limit=x'],
    by: { sub: 'backend', scope: 'service' },
    own: true,
  },
  'get /users/me': { ok: 200, method: 'GET', path: '/users/me', own: true },
  'get /users/me/blocked': { ok: 200, method: 'GET', path: '/users/me/blocked', own: true },
  'put /users/me/blocked/{user}': { ok: 204, method: 'PUT', path: '/users/me/blocked/mallory', own: true },
  'delete /users/me/blocked/{user}': { ok: 204, method: 'DELETE', path: '/users/me/blocked/mallory', own: true },
};

type Operation = { responses: { [status: string]: { content?: { 'application/json': { schema: object } } } } };
type Description = { openapi: string; paths: { [path: string]: { [method: string]: Operation } } };

let site: Site;
let description: Description;
beforeAll(async () => {
  site = await openSite();
  description = (await site.ask(undefined, 'GET', '/openapi.json')).body as Description;
});
afterAll(() => site?.close());

/** A fresh group with alice, bob and cara in it, and a message of bob's. */
async function scene(): Promise<{ id: string; seq: number }> {
  const { id } = (await site.ask('alice', 'POST', '/channels', { title: 'Group' })).body as { id: string };
  for (const user of ['bob', 'cara']) await site.ask('alice', 'PUT', `/channels/${id}/members/${user}`);
  const { seq } = (await site.ask('bob', 'POST', `/channels/${id}/messages`, { text: 'hi' })).body as { seq: number };
  return { id, seq };
}
const at = (path: string, { id, seq }: { id: string; seq: number }) =>
  path.replace(':id', id).replace(':seq', String(seq));
const doer = ({ by, organizers }: Route): Claims => by ?? { sub: organizers ? 'alice' : 'bob' };
const send = (who: string | Claims | undefined, route: Route, where: { id: string; seq: number }): Promise<Reply> =>
  site.ask(who, route.method, at(route.path, where), route.body);

test('every route of the description is asked here', () => {
  const described = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  expect(described.toSorted()).toEqual(Object.keys(routes).toSorted());
});

/** A question that is not every route's. */
const whereIt = (applies: unknown) => (title: string, run: () => Promise<void>) => {
  if (applies) test(title, run);
};

describe.each(Object.entries(routes))('R29 R40: %s', (name, route) => {
  test('right: answered as described, and not to be stored by anything on the way', async () => {
    const where = await scene();
    await route.before?.(where);
    const reply = await send(doer(route), route, where);
    expect(reply.status).toBe(route.ok);
    expect(reply.headers.get('cache-control')).toBe('no-store');
    const [method = '', path = ''] = name.split(' ');
    const schema = description.paths[path]?.[method]?.responses[route.ok]?.content?.['application/json'].schema;
    if (route.ok === 204) expect(reply.body).toBeUndefined();
    else expect([...Compile(Type.Unsafe(schema ?? {})).Errors(reply.body)]).toEqual([]);
  });

  test('without a token, or with a bad or an expired one', async () => {
    const where = await scene();
    const expired = { ...doer(route), exp: Math.floor(Date.now() / 1_000) - 1 };
    for (const who of [undefined, expired]) {
      expect(await send(who, route, where)).toMatchObject(refused(401, 'unauthorized'));
    }
    const response = await fetch(site.url + at(route.path, where), {
      method: route.method,
      headers: { authorization: 'Bearer nonsense' },
    });
    expect(response.status).toBe(401);
  });

  whereIt(route.invalid)('wrong type, missing, too long: nothing is done', async () => {
    const where = await scene();
    for (const wrong of route.invalid ?? []) {
      const path = at(route.path, where).split('?')[0] ?? '';
      const reply =
        typeof wrong === 'string'
          ? await site.ask(doer(route), route.method, path + wrong)
          : await site.ask(doer(route), route.method, path, wrong);
      expect({ wrong, ...reply }).toMatchObject(refused(400, 'invalid'));
    }
  });

  whereIt(route.body)('no JSON, null, a list, more than 64 kB', async () => {
    const path = at(route.path, await scene());
    const ask = (body: string) => site.ask(doer(route), route.method, path, body);
    expect(await ask('{"text":')).toMatchObject(refused(400, 'invalid'));
    expect(await ask('[]')).toMatchObject(refused(400, 'invalid'));
    expect(await ask(`{"x":"${'x'.repeat(limits.frameBytes)}"}`)).toMatchObject(refused(413, 'too_large'));
  });

  whereIt(route.tooLarge)('a text of more than 10,000 bytes', async () => {
    const path = at(route.path, await scene());
    expect(await site.ask(doer(route), route.method, path, route.tooLarge)).toMatchObject(refused(413, 'too_large'));
  });

  whereIt(!route.own)('to a stranger and to the removed it is as if there were no such channel', async () => {
    const where = await scene();
    await site.ask('alice', 'DELETE', `/channels/${where.id}/members/cara`);
    const unknown = await send('stranger', route, { id: 'no-such-channel', seq: 1 });
    expect(unknown).toMatchObject(refused(403, 'forbidden'));
    for (const who of ['stranger', 'cara']) {
      const { status, body } = await send(who, route, where);
      expect({ status, body }).toEqual({ status: unknown.status, body: unknown.body });
    }
    expect(await send(doer(route), route, { id: 'a b', seq: 1 })).toMatchObject(refused(400, 'invalid'));
  });

  whereIt(route.organizers)('not by a participant', async () => {
    expect(await send('bob', route, await scene())).toMatchObject(refused(403, 'forbidden'));
  });

  whereIt(route.by)('not by anybody else', async () => {
    expect(await send('mallory', route, await scene())).toMatchObject(refused(403, 'forbidden'));
  });

  whereIt(route.writes)('not by one who is muted, nor while the channel has ended', async () => {
    const where = await scene();
    await site.ask('alice', 'PUT', `/channels/${where.id}/members/bob`, { muted: true });
    expect(await send('bob', route, where)).toMatchObject(refused(403, 'forbidden'));
    await site.ask('alice', 'PUT', `/channels/${where.id}/members/bob`, { muted: false });
    await site.ask('alice', 'PATCH', `/channels/${where.id}`, { state: 'ended' });
    expect(await send('bob', route, where)).toMatchObject(refused(409, 'closed'));
  });

  whereIt(route.writes)(
    'not by one whom the other one of a direct channel has blocked, and the answer does not say so',
    async () => {
      const [ann, ben] = [`ann-${name.length}`, `ben-${name.length}`];
      const muted = await scene();
      await site.ask('alice', 'PUT', `/channels/${muted.id}/members/bob`, { muted: true });
      const message = { sender_ID: ben, receiver_ID: ann, type: 'text', text: 'hi' };
      const { channel, seq } = (await site.ask(ben, 'POST', '/messages', message)).body as {
        channel: string;
        seq: number;
      };
      await site.ask(ann, 'PUT', `/users/me/blocked/${ben}`);
      const { status, body } = await send(ben, route, { id: channel, seq });
      const toMuted = await send('bob', route, muted);
      expect({ status, body }).toEqual({ status: toMuted.status, body: toMuted.body });
      await site.ask(ann, 'DELETE', `/users/me/blocked/${ben}`);
      expect((await send(ben, route, { id: channel, seq })).status).toBe(route.ok);
    },
  );

  const places = name.split('/').flatMap((part, place) => (part.startsWith('{') ? [place] : []));
  whereIt(places.length > 0)('whose path names what can be no id, or a longer one than there are', async () => {
    const path = at(route.path, await scene());
    for (const place of places) {
      for (const wrong of ['a%20b', '%24ne', 'x'.repeat(limits.idLength + 1)]) {
        const reply = await site.ask(
          doer(route),
          route.method,
          path.split('/').with(place, wrong).join('/'),
          route.body,
        );
        expect({ place, wrong, ...reply }).toMatchObject(refused(400, 'invalid'));
      }
    }
  });

  whereIt(route.path.includes(':seq'))('of a message that is not there', async () => {
    const { id } = await scene();
    expect(await send('bob', route, { id, seq: 999 })).toMatchObject(refused(404, 'not_found'));
    expect(await send('bob', route, { id, seq: 0 })).toMatchObject(refused(400, 'invalid'));
  });
});

describe('R40: every request', () => {
  test('to a route that is not there', async () => {
    for (const [method, path] of [
      ['GET', '/nowhere'],
      ['POST', '/nowhere'],
      ['PUT', '/channels'],
    ] as const) {
      expect(await site.ask('bob', method, path)).toMatchObject(refused(404, 'not_found'));
    }
    expect(await site.ask('bob', 'GET', '/channels/%E0%A4%A')).toMatchObject(refused(400, 'invalid'));
    expect(await site.ask('bob', 'GET', `/channels/${'x'.repeat(1_000)}`)).toMatchObject(refused(400, 'invalid'));
  });

  test('goes where its path says, whatever else its body or its query names', async () => {
    const [theirs, own] = [await scene(), await scene()];
    await site.ask('alice', 'DELETE', `/channels/${theirs.id}/members/bob`);
    const said = await site.ask('bob', 'POST', `/channels/${own.id}/messages`, { text: 'lost?', channel: theirs.id });
    expect(said).toMatchObject({ status: 201, body: { channel: own.id, seq: 2 } });
    const { body } = await site.ask('alice', 'GET', `/channels/${theirs.id}/messages`);
    expect(body).toMatchObject({ messages: [{ seq: 1, text: 'hi' }] });
    const read = await site.ask('bob', 'GET', `/channels/${own.id}/messages?channel=${theirs.id}&channel=x`);
    expect(read).toMatchObject({ status: 200, body: { messages: [{ text: 'hi' }, { text: 'lost?' }] } });
    const seen = await site.ask('bob', 'PUT', `/channels/${own.id}/receipt`, { read: 2, channel: { $ne: 1 } });
    expect(seen).toMatchObject({ status: 204 });
    expect(await site.ask('bob', 'GET', `/channels/${own.id}`)).toMatchObject({ body: { receipt: { read: 2 } } });
  });

  test('stores nothing that the description does not name', async () => {
    const { id } = await scene();
    const settings = {
      directMessages: false,
      between: ['alice', 'victim'],
      meeting: 'm',
      'state.x': 1,
      $set: 1,
      more: {},
    };
    const { status, body } = await site.ask('alice', 'PATCH', `/channels/${id}`, { settings });
    expect(status).toBe(200);
    expect((body as { settings: object }).settings).toEqual({ state: 'open', directMessages: false });
  });

  test('with another content type', async () => {
    const response = await fetch(`${site.url}/channels`, {
      method: 'POST',
      headers: { authorization: `Bearer ${site.tokenOf('bob')}`, 'content-type': 'application/xml' },
      body: '<title/>',
    });
    expect({ status: response.status, body: await response.json() }).toMatchObject(refused(400, 'invalid'));
  });

  test('may name a type where there is nothing to be said', async () => {
    const { id } = await scene();
    const ask = (method: string, path: string) => site.ask('bob', method, path, '');
    expect(await ask('POST', `/channels/${id}/join`)).toMatchObject({ status: 200 });
    expect(await ask('PUT', `/users/me/blocked/mallory`)).toMatchObject({ status: 204 });
    expect(await ask('DELETE', `/users/me/blocked/mallory`)).toMatchObject({ status: 204 });
    expect(await ask('POST', `/channels/${id}/messages`)).toMatchObject(refused(400, 'invalid'));
  });

  test('that nobody can read is refused in the same words', async () => {
    const long = await fetch(`${site.url}/channels?x=${'x'.repeat(20_000)}`);
    expect({ status: long.status, body: await long.json() }).toMatchObject(refused(431, 'too_large'));
    const { hostname, port } = new URL(site.url);
    const answer = await new Promise<string>((resolve, reject) => {
      let heard = '';
      const network = connect(Number(port), hostname, () => network.end('NO HTTP AT ALL\r\n\r\n'));
      network.setEncoding('utf8').on('data', (some: string) => {
        heard += some;
      });
      network.on('close', () => resolve(heard)).on('error', reject);
    });
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1.1 400 /);
    expect(JSON.parse(body)).toMatchObject({ error: { code: 'invalid' } });
  });

  test('counts against the same allowance as events', async () => {
    const slow = await openSite({ env: { RATE_LIMIT: '0.4' } });
    const replies = await Promise.all(
      Array.from({ length: 12 }, () => slow.ask('bob', 'POST', '/channels', { title: 'Group' })),
    );
    const limited = replies.filter(({ status }) => status === 429);
    expect(limited.length).toBeGreaterThan(8);
    expect(limited[0]).toMatchObject(refused(429, 'rate_limited'));
    expect(Number(limited[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    const bob = await slow.connect({ sub: 'bob', meetings: ['m'] });
    expect(await bob.ask('search', { q: 'x' })).toMatchObject({ error: { code: 'rate_limited' } });
    await slow.close();
  });

  test('is described: OpenAPI 3.1 under the base path, and a page that needs nothing from elsewhere', async () => {
    expect(description.openapi).toBe('3.1.0');
    const below = await openSite({ env: { BASE_PATH: '/chat/' } });
    expect((await below.ask(undefined, 'GET', '/chat/openapi.json')).body).toMatchObject({
      servers: [{ url: '/chat' }],
      paths: description.paths,
    });
    const page = await fetch(`${below.url}/chat/docs`);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    const html = await page.text();
    expect(html).not.toMatch(/<script|https?:\/\/|src=/);
    for (const name of Object.keys(routes)) {
      const [method = '', path = ''] = name.split(' ');
      expect(html).toContain(`<code>${method.toUpperCase()} ${path}</code>`);
    }
    await below.close();
  });

  test('of this file names a code of the catalogue', () => {
    const named = new Set(readFileSync(import.meta.filename, 'utf8').match(/(?<=refused\(\d{3}, ')[a-z_]+/g));
    for (const code of named) expect(Object.keys(errorCatalogue)).toContain(code);
  });
});
