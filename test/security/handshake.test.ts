import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestClient } from '../client.ts';
import { RawWebSocket } from '../fuzz/raw-websocket.ts';
import { type Instance, startInstance } from '../instance.ts';
import { token } from '../tokens.ts';

const allowed = 'https://app.example.com';
let server: Instance;
let own: string;
beforeAll(async () => {
  server = await startInstance({ env: { ALLOWED_ORIGINS: `${allowed},http://localhost:8080` } });
  own = new URL(server.url).origin;
});
afterAll(() => server?.remove());

const polling = 'socket.io/?EIO=4&transport=polling';
const statusOf = async (path: string, headers: { [name: string]: string }) =>
  (await fetch(new URL(path, server.url), { headers })).status;

/** The status of the answer over WebSocket, long-polling and HTTP. */
async function statuses(headers: { [name: string]: string }) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const socket = await RawWebSocket.open(server.url, { headers: lines });
  await socket.close();
  const [, webSocket] = socket.status.split(' ');
  return {
    webSocket: Number(webSocket),
    polling: await statusOf(polling, headers),
    http: await statusOf('health/ready', headers),
  };
}

describe('R41 line 2: the handshake takes an origin letter by letter', () => {
  test.each([
    ['of the list', allowed],
    ['of the list, with a port', 'http://localhost:8080'],
  ])('%s', async (_name, origin) => {
    expect(await statuses({ origin })).toEqual({ webSocket: 101, polling: 200, http: 200 });
  });

  test('none at all: a program, which has no cookies that a page could borrow', async () => {
    expect(await statuses({})).toEqual({ webSocket: 101, polling: 200, http: 200 });
  });

  test('the server’s own, and behind TLS only that with TLS', async () => {
    const secure = own.replace('http:', 'https:');
    expect(await statuses({ origin: own })).toEqual({ webSocket: 101, polling: 200, http: 200 });
    const forwarded = { 'x-forwarded-proto': 'https' };
    expect(await statuses({ ...forwarded, origin: secure })).toEqual({ webSocket: 101, polling: 200, http: 200 });
    expect(await statuses({ ...forwarded, origin: own })).toEqual({ webSocket: 400, polling: 403, http: 403 });
  });

  test.each([
    ['null', 'null'],
    ['empty', '""'],
    ['another', 'https://evil.example.com'],
    ['a suffix', 'https://app.example.com.evil.com'],
    ['a prefix', 'https://evil-app.example.com'],
    ['a subdomain', 'https://sub.app.example.com'],
    ['its parent', 'https://example.com'],
    ['another scheme', 'http://app.example.com'],
    ['no scheme', 'app.example.com'],
    ['another port', 'https://app.example.com:8443'],
    ['the default port, which browsers leave out', 'https://app.example.com:443'],
    ['a slash at the end', 'https://app.example.com/'],
    ['a user', 'https://app.example.com@evil.com'],
    ['other letters', 'https://APP.example.com'],
    ['a point for any letter', 'https://appxexample.com'],
    ['a wildcard', '*'],
    ['two', `${allowed}, https://evil.com`],
    ['this port on another host', 'http://127.0.0.2:PORT'],
    ['this host on another port', 'http://127.0.0.1:1'],
    ['this host at the end', 'http://evil.127.0.0.1:PORT'],
  ])('not %s', async (_name, origin) => {
    const asked = origin.replace('PORT', new URL(server.url).port);
    expect(await statuses({ origin: asked })).toEqual({ webSocket: 400, polling: 403, http: 403 });
  });

  test('one that is not is told to the operator once, and counted each time', async () => {
    const fresh = await startInstance({ env: { ALLOWED_ORIGINS: allowed } });
    const origin = 'https://other.example.com';
    for (const path of [polling, polling, 'health/ready'])
      await fetch(new URL(path, fresh.url), { headers: { origin } });
    await fetch(new URL(polling, fresh.url), { headers: { origin: allowed } });
    const figures = await (await fetch(new URL('metrics', fresh.url))).text();
    expect(figures).toContain('meeting_chat_refused_total{code="forbidden"} 3\n');
    const told = fresh.process.output.split('\n').filter((line) => line.includes('ALLOWED_ORIGINS'));
    expect(told.map((line) => JSON.parse(line))).toEqual([expect.objectContaining({ level: 40, origin })]);
    await fresh.remove();
  });

  test('answers name the origin that may read them, and no other', async () => {
    const allowing = async (path: string, origin: string) =>
      (await fetch(new URL(path, server.url), { headers: { origin } })).headers.get('access-control-allow-origin');
    for (const path of [polling, 'health/ready']) {
      expect(await allowing(path, allowed)).toBe(allowed);
      expect(await allowing(path, 'https://evil.example.com')).toBe(null);
    }
  });
});

describe('R41 line 2: the handshake', () => {
  test('closes what holds no valid token within 5 seconds, and what says nothing', async () => {
    const silent = await RawWebSocket.open(server.url);
    const refused = await RawWebSocket.open(server.url);
    refused.say(`40${JSON.stringify({ token: 'no token' })}`);
    const left = await RawWebSocket.authenticated(server.url, token({ sub: 'alice' }));
    left.say('41');
    const { hostname, port } = new URL(server.url);
    const mute = connect({ host: hostname, port: Number(port) })
      .on('error', () => {})
      .resume();
    const cut = new Promise((ended) => mute.once('close', ended));
    const stays = await RawWebSocket.authenticated(server.url, token({ sub: 'alice' }));
    const began = performance.now();
    await Promise.all([silent.ended, refused.ended, left.ended, cut]);
    // Five, and three for a farewell that nobody takes; the rest is for a busy machine.
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(refused.messages.at(-1)).toContain('"code":"unauthorized"');
    expect(stays.closed).toBe(false);
    await stays.close();
  });

  test('that is refused is counted, like the request to a route that is not there', async () => {
    const fresh = await startInstance();
    const client = new TestClient(fresh.url, 'no token');
    await expect(client.connected()).rejects.toThrow();
    client.close();
    await fetch(new URL('nothing', fresh.url));
    const figures = await (await fetch(new URL('metrics', fresh.url))).text();
    expect(figures).toContain('meeting_chat_refused_total{code="unauthorized"} 1\n');
    expect(figures).toContain('meeting_chat_refused_total{code="not_found"} 1\n');
    await fresh.remove();
  });

  test('one connection holds one session', async () => {
    const mallory = await RawWebSocket.open(server.url);
    const connect = `40${JSON.stringify({ token: token({ sub: 'mallory' }) })}`;
    for (let i = 0; i < 100; i += 1) mallory.say(connect);
    await mallory.until(() => mallory.messages.filter((message) => /^4[04]/.test(message)).length >= 2);
    const sessions = mallory.messages.filter((message) => message.startsWith('40'));
    await mallory.close();
    expect(sessions.length).toBeLessThanOrEqual(1);
  });

  test('speaks Engine.IO 4 only', async () => {
    for (const query of ['EIO=3&transport=websocket', 'transport=websocket', 'EIO=5&transport=websocket']) {
      const socket = await RawWebSocket.open(server.url, { query });
      await socket.ended;
      expect(socket.messages).toEqual([]);
    }
    expect(await statusOf('socket.io/?EIO=3&transport=polling', {})).toBe(400);
  });

  test('compresses nothing: it would hold memory for each connection, and tell lengths of secrets', async () => {
    const socket = await RawWebSocket.open(server.url, {
      headers: ['Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits'],
    });
    expect(socket.status).toContain('101');
    expect(socket.received.toString('latin1')).not.toMatch(/sec-websocket-extensions/i);
    await socket.close();
  });
});
