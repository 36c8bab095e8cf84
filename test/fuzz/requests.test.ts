import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Instance, startInstance } from '../instance.ts';
import { token } from '../tokens.ts';
import { megabytes, memoryOf } from './load.ts';
import { expectNoInside, expectUnharmed } from './oracle.ts';

let server: Instance;
const bearer = `Bearer ${token({ sub: 'alice', meetings: ['m'] })}`;
beforeAll(async () => {
  server = await startInstance();
});
afterAll(() => server?.remove());

// After each: the process is alive and nothing went wrong inside.
afterEach(async () => {
  expect((await fetch(new URL('health/ready', server.url))).status).toBe(200);
  await expectUnharmed(server);
});

async function post(path: string, body: string | Uint8Array, headers: { [name: string]: string }) {
  const answer = await fetch(new URL(path, server.url), {
    method: 'POST',
    headers: { authorization: bearer, ...headers },
    body: body as BodyInit,
  });
  return { status: answer.status, text: await answer.text() };
}

/** Writes a body without end until it is answered or cut off; answers the status, 0 for neither. */
function flood(path: string, bytes: number, headers: { [name: string]: string }): Promise<number> {
  const chunk = Buffer.alloc(64_000, 0x5b);
  const sending = request(new URL(path, server.url), {
    method: 'POST',
    headers: { authorization: bearer, ...headers },
  });
  return new Promise((done) => {
    sending.on('response', (response) => {
      response.resume();
      sending.destroy();
      done(response.statusCode ?? 0);
    });
    sending.on('error', () => done(0));
    let left = bytes;
    const more = () => {
      while (left > 0 && !sending.destroyed) {
        left -= chunk.length;
        if (!sending.write(chunk)) return void sending.once('drain', more);
      }
      sending.end();
    };
    more();
  });
}

/** However it ends: an error is an end too. */
function whenClosed(socket: Socket): Promise<unknown> {
  return new Promise((closed) => socket.once('close', closed));
}

const message = JSON.stringify({ key: 'k', text: 'text' });

describe('line 1: requests that no client’s library would send', () => {
  test.each([
    ['none', message, {}],
    ['text', message, { 'content-type': 'text/plain' }],
    ['a form', message, { 'content-type': 'application/x-www-form-urlencoded' }],
    ['parts', message, { 'content-type': 'multipart/form-data; boundary=x' }],
    ['a list', message, { 'content-type': 'text/plain, application/json' }],
    ['nearly JSON', message, { 'content-type': 'application/jsonp' }],
    ['JSON in another place', message, { 'content-type': 'text/html; a=application/json' }],
    ['XML', '<a/>', { 'content-type': 'application/xml' }],
    ['compressed', message, { 'content-type': 'application/json', 'content-encoding': 'gzip' }],
    ['JSON that is none', '{"text":', { 'content-type': 'application/json' }],
    ['nothing', '', { 'content-type': 'application/json' }],
    ['__proto__', '{"key":"k","text":"text","__proto__":{"a":1}}', { 'content-type': 'application/json' }],
    [
      'constructor',
      '{"key":"k","text":"t","constructor":{"prototype":{"a":1}}}',
      { 'content-type': 'application/json' },
    ],
    ['UTF-16', Buffer.from(message, 'utf16le'), { 'content-type': 'application/json; charset=utf-16' }],
    ['bytes', Buffer.from([0xff, 0xfe, 0x00]), { 'content-type': 'application/json' }],
    ['nested', `${'['.repeat(30_000)}${']'.repeat(30_000)}`, { 'content-type': 'application/json' }],
  ])('a body of the content type: %s', async (_name, body, headers) => {
    const { status, text } = await post('channels/m/messages', body, headers);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expectNoInside(text);
  });

  test('bodies of 100 MB are refused, and cost no memory', async () => {
    const before = memoryOf(server);
    const json = { 'content-type': 'application/json' };
    const size = 100_000_000;
    const answers = await Promise.all([
      flood('channels/m/messages', size, { ...json, 'content-length': String(size) }),
      flood('channels/m/messages', size, { ...json, 'transfer-encoding': 'chunked' }),
      flood('socket.io/?EIO=4&transport=polling', size, { 'transfer-encoding': 'chunked' }),
      flood('nowhere', size, { ...json, 'transfer-encoding': 'chunked' }),
    ]);
    for (const status of answers) expect([0, 400, 404, 413]).toContain(status);
    const grown = memoryOf(server) - before;
    console.log(`4 bodies of 100 MB: ${megabytes(grown)} MB more`);
    expect(grown).toBeLessThan(80_000_000);
  });

  test('500 connections that write a header slowly are cut off, and cost little memory', async () => {
    const { hostname, port } = new URL(server.url);
    const before = memoryOf(server);
    const slow: Socket[] = Array.from({ length: 500 }, () =>
      connect({ host: hostname, port: Number(port) })
        .on('error', () => {})
        .resume(),
    );
    const closed = slow.map(whenClosed);
    await Promise.all(
      slow.map((socket, i) => Promise.race([new Promise((open) => socket.once('connect', open)), closed[i]])),
    );
    for (const socket of slow) socket.write('GET /health/ready HTTP/1.1\r\nHost: chat\r\n');
    const dripping = setInterval(() => {
      for (const socket of slow) if (socket.writable) socket.write('X-Slow: 1\r\n');
    }, 500);
    const grown = memoryOf(server) - before;
    // The others are served meanwhile.
    expect((await fetch(new URL('health/ready', server.url))).status).toBe(200);
    await Promise.all(closed);
    clearInterval(dripping);
    console.log(`500 slow connections: ${megabytes(grown)} MB more`);
    expect(grown).toBeLessThan(60_000_000);
  });

  test.each([
    ['a header of 20 kB', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`],
    ['5,000 headers', `GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${'A: a\r\n'.repeat(5_000)}\r\n`],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['no HTTP', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n'],
    ['a path that leads out', 'GET /../../../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    [
      'an encoded path that leads out',
      'GET /%2e%2e%2f%2e%2e%2fetc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    ],
    ['a broken escape', 'GET /channels/%E0%A4%A/messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    ['a method that is none', 'EAT / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  ])('%s', async (_name, bytes) => {
    const { hostname, port } = new URL(server.url);
    const socket = connect({ host: hostname, port: Number(port) }).on('error', () => {});
    let answer = '';
    socket.setEncoding('latin1').on('data', (chunk) => {
      answer += chunk;
    });
    socket.write(bytes);
    await whenClosed(socket);
    expect(answer).toMatch(/^HTTP\/1.1 4\d\d/);
    expectNoInside(answer);
    expect(answer).not.toContain('root:');
  });
});
