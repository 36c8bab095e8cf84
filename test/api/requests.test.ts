import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorCatalogue } from '../../protocol/errors.ts';
import { routes } from './routes.ts';
import { groupOf, openSite, refused, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

type Description = { openapi: string; paths: object };

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
    const [theirs, own] = [await groupOf(site), await groupOf(site)];
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
    const { id } = await groupOf(site);
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
    const { id } = await groupOf(site);
    const ask = (method: string, path: string) => site.ask('bob', method, path, '');
    expect(await ask('POST', `/channels/${id}/join`)).toMatchObject({ status: 200 });
    expect(await ask('PUT', `/users/me/blocked/mallory`)).toMatchObject({ status: 204 });
    expect(await ask('DELETE', `/users/me/blocked/mallory`)).toMatchObject({ status: 204 });
    expect(await ask('POST', `/channels/${id}/messages`)).toMatchObject(refused(400, 'invalid'));
  });

  test('that offers another protocol, as Java’s client does with all of them, is answered in this one', async () => {
    const { id, seq } = await groupOf(site);
    const answer = await new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const offer = {
        connection: 'Upgrade, HTTP2-Settings',
        upgrade: 'h2c',
        'http2-settings': 'AAMAAABkAAQCAAAAAAIAAAAA',
      };
      const asked = request(`${site.url}/channels/${id}/messages`, {
        method: 'POST',
        headers: { ...offer, authorization: `Bearer ${site.tokenOf('bob')}`, 'content-type': 'application/json' },
      });
      asked.on('error', reject).on('response', (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (some: string) => {
          body += some;
        });
        response.on('end', () => resolve({ status: response.statusCode, body }));
      });
      asked.end(JSON.stringify({ text: 'from a backend' }));
    });
    expect(answer.status).toBe(201);
    expect(JSON.parse(answer.body)).toMatchObject({ seq: seq + 1, text: 'from a backend' });
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

  test('that is wrong is told what is wrong in the form that it says it has', async () => {
    const saidOf = async (body: object) => {
      const reply = await site.ask('alice', 'POST', '/channels', body);
      expect(reply).toMatchObject(refused(400, 'invalid'));
      return (reply.body as { error: { message: string } }).error.message;
    };
    expect(await saidOf({ kind: 'direct' })).toContain('user');
    expect(await saidOf({ kind: 'meeting', title: 5 })).toBe('title must be string.');
    expect(await saidOf({ title: 5 })).toBe('title must be string.');
    expect(await saidOf({ kind: 'direct', user: 'a b' })).toMatch(/^user must match/);
  });

  test('is described: OpenAPI 3.1 under the base path, and a page that needs nothing from elsewhere', async () => {
    const { openapi, paths } = (await site.ask(undefined, 'GET', '/openapi.json')).body as Description;
    expect(openapi).toBe('3.1.0');
    const below = await openSite({ env: { BASE_PATH: '/chat/' } });
    expect((await below.ask(undefined, 'GET', '/chat/openapi.json')).body).toMatchObject({
      servers: [{ url: '/chat' }],
      paths,
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

  test('that is denied stands in the audit log under its route, whatever the base path', async () => {
    const below = await openSite({ env: { BASE_PATH: '/chat/' } });
    expect((await below.ask('eve', 'GET', '/chat/channels/secret')).status).toBe(403);
    const backend = { sub: 'backend', scope: 'service' };
    expect((await below.ask(backend, 'GET', '/chat/audit')).body).toMatchObject({
      acts: [{ actor: 'eve', action: 'GET /channels/:id', outcome: 'denied', channel: 'secret' }],
    });
    await below.close();
  });

  test('of these tests is refused by a code of the catalogue', () => {
    const files = readdirSync(import.meta.dirname).map((file) =>
      readFileSync(`${import.meta.dirname}/${file}`, 'utf8'),
    );
    const named = new Set(files.join('\n').match(/(?<=refused\(\d{3}, ')[a-z_]+/g));
    expect(named.size).toBeGreaterThan(5);
    for (const code of named) expect(Object.keys(errorCatalogue)).toContain(code);
  });
});
