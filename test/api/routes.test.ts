import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { limits } from '../../protocol/limits.ts';
import type { Claims } from '../tokens.ts';
import { type Route, routes } from './routes.ts';
import { groupOf, openSite, type Reply, refused, type Site } from './site.ts';

// Every route by the same questions. A route that is added without a row in the table fails the first test.

type Operation = {
  requestBody?: { required: boolean };
  responses: { [status: string]: { content?: { 'application/json': { schema: object } } } };
};
type Description = { openapi: string; paths: { [path: string]: { [method: string]: Operation } } };

let site: Site;
let description: Description;
beforeAll(async () => {
  site = await openSite();
  description = (await site.ask(undefined, 'GET', '/openapi.json')).body as Description;
});
afterAll(() => site?.close());

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
    const where = await groupOf(site);
    await route.before?.(site, where);
    const reply = await send(doer(route), route, where);
    expect(reply.status).toBe(route.ok);
    expect(reply.headers.get('cache-control')).toBe('no-store');
    const [method = '', path = ''] = name.split(' ');
    const schema = description.paths[path]?.[method]?.responses[route.ok]?.content?.['application/json'].schema;
    if (route.ok === 204) expect(reply.body).toBeUndefined();
    else expect([...Compile(Type.Unsafe(schema ?? {})).Errors(reply.body)]).toEqual([]);
  });

  test('without a token, or with a bad or an expired one', async () => {
    const where = await groupOf(site);
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

  whereIt(route.body)('without a body: answered where the description says that it may be, else refused', async () => {
    const where = await groupOf(site);
    const { body: _, ...bare } = route;
    const reply = await send(doer(route), bare, where);
    const [method = '', path = ''] = name.split(' ');
    if (description.paths[path]?.[method]?.requestBody?.required === false) expect(reply.status).toBe(route.ok);
    else expect(reply).toMatchObject(refused(400, 'invalid'));
  });

  whereIt(route.invalid)('wrong type, missing, too long: nothing is done', async () => {
    const where = await groupOf(site);
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
    const path = at(route.path, await groupOf(site));
    const ask = (body: string) => site.ask(doer(route), route.method, path, body);
    expect(await ask('{"text":')).toMatchObject(refused(400, 'invalid'));
    expect(await ask('[]')).toMatchObject(refused(400, 'invalid'));
    expect(await ask(`{"x":"${'x'.repeat(limits.frameBytes)}"}`)).toMatchObject(refused(413, 'too_large'));
  });

  whereIt(route.tooLarge)('a text of more than 10,000 bytes', async () => {
    const path = at(route.path, await groupOf(site));
    expect(await site.ask(doer(route), route.method, path, route.tooLarge)).toMatchObject(refused(413, 'too_large'));
  });

  whereIt(!route.own)('to a stranger and to the removed it is as if there were no such channel', async () => {
    const where = await groupOf(site);
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
    expect(await send('bob', route, await groupOf(site))).toMatchObject(refused(403, 'forbidden'));
  });

  whereIt(route.by)('not by anybody else', async () => {
    expect(await send('mallory', route, await groupOf(site))).toMatchObject(refused(403, 'forbidden'));
  });

  whereIt(route.writes)('not by one who is muted, nor while the channel has ended', async () => {
    const where = await groupOf(site);
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
      const muted = await groupOf(site);
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
    const path = at(route.path, await groupOf(site));
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
    const { id } = await groupOf(site);
    expect(await send('bob', route, { id, seq: 999 })).toMatchObject(refused(404, 'not_found'));
    expect(await send('bob', route, { id, seq: 0 })).toMatchObject(refused(400, 'invalid'));
  });
});
