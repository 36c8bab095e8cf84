import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestClient } from '../client.ts';
import { type Instance, startInstance } from '../instance.ts';
import { secret } from '../tokens.ts';

// Every token here is forged. Each is tried at the handshake, at `authenticate` and over HTTP, against a server that takes
// shared and public keys at the same time: the configuration in which the two can be confused.

const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicPem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const publicDer = rsa.publicKey.export({ type: 'spki', format: 'der' });
const publicJwk = rsa.publicKey.export({ format: 'jwk' });

let server: Instance;
let keys: Server;
let bait: Server;
let baited = 0;
let accepted = 0;
let tried = 0;
beforeAll(async () => {
  keys = await served({ keys: [{ ...publicJwk, kid: 'good', use: 'sig' }] });
  bait = await served({ keys: [{ ...ec.publicKey.export({ format: 'jwk' }), kid: 'evil' }] }, () => {
    baited += 1;
  });
  server = await startInstance({
    env: { JWKS_URL: urlOf(keys), JWT_ISSUER: 'https://id.example.com', JWT_AUDIENCE: 'chat' },
  });
});
afterAll(async () => {
  await server?.remove();
  keys?.close();
  bait?.close();
});

async function served(set: object, asked: () => void = () => {}): Promise<Server> {
  const files = createServer((_request, response) => {
    asked();
    response.setHeader('content-type', 'application/json').end(JSON.stringify(set));
  });
  await new Promise<void>((listening) => files.listen(0, '127.0.0.1', listening));
  return files;
}
const urlOf = (files: Server) => `http://127.0.0.1:${(files.address() as AddressInfo).port}/keys.json`;

const now = Math.floor(Date.now() / 1_000);
const good = {
  sub: 'alice',
  exp: now + 3_600,
  iss: 'https://id.example.com',
  aud: 'chat',
  meetings: { m: 'organizer' },
};
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const hmac = (header: object, claims: object, key: string | Buffer, hash = 'sha256') => {
  const body = `${part(header)}.${part(claims)}`;
  return `${body}.${createHmac(hash, key).update(body).digest('base64url')}`;
};
const rs256 = (header: object, claims: object, key = rsa.privateKey) => {
  const body = `${part(header)}.${part(claims)}`;
  return `${body}.${sign('sha256', Buffer.from(body), key).toString('base64url')}`;
};
const es256 = (header: object, claims: object) => {
  const body = `${part(header)}.${part(claims)}`;
  return `${body}.${sign('sha256', Buffer.from(body), { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
};
const hs = { alg: 'HS256', typ: 'JWT' };
const rs = { alg: 'RS256', kid: 'good' };
const stranger = () => generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;

const forged: { [why: string]: () => string } = {
  'alg none': () => `${part({ alg: 'none' })}.${part(good)}.`,
  'alg None': () => `${part({ alg: 'None' })}.${part(good)}.`,
  'alg none with a signature': () => hmac({ alg: 'none' }, good, secret),
  'no alg': () => hmac({ typ: 'JWT' }, good, secret),
  'alg as a list': () => hmac({ alg: ['HS256'] }, good, secret),
  'no signature': () => hmac(hs, good, secret).replace(/[^.]+$/, ''),
  'half a signature': () => hmac(hs, good, secret).slice(0, -20),
  'another’s claims under a good signature': () => {
    const [header, , signature] = hmac(hs, good, secret).split('.');
    return `${header}.${part({ ...good, sub: 'root' })}.${signature}`;
  },
  'the public key as the shared one, as text': () => hmac({ ...hs, kid: 'good' }, good, publicPem),
  'the public key as the shared one, without its last line break': () => hmac(hs, good, publicPem.trimEnd()),
  'the public key as the shared one, as bytes': () => hmac(hs, good, publicDer),
  'the public key as the shared one, its modulus': () => hmac(hs, good, String(publicJwk.n)),
  'the public key with RS256 in the header': () => hmac(rs, good, publicPem),
  'the shared key with RS256 in the header': () => hmac(rs, good, secret),
  'an empty key': () => hmac(hs, good, ''),
  'a key of zeros': () => hmac(hs, good, Buffer.alloc(32)),
  'HS384 of the right key': () => hmac({ alg: 'HS384' }, good, secret, 'sha384'),
  'HS512 of the right key': () => hmac({ alg: 'HS512' }, good, secret, 'sha512'),
  'kid as a path': () => hmac({ ...hs, kid: '../../../../dev/null' }, good, ''),
  'kid as a file': () => hmac({ ...hs, kid: 'file:///etc/hostname' }, good, 'x'),
  'kid as SQL': () => hmac({ ...hs, kid: "x' UNION SELECT 'key' --" }, good, 'key'),
  'kid as a command': () => rs256({ ...rs, kid: '|/usr/bin/id' }, good, stranger()),
  'kid as a URL': () => es256({ alg: 'ES256', kid: urlOf(bait) }, good),
  'kid as an object': () => rs256({ alg: 'RS256', kid: { $ne: null } }, good, stranger()),
  'kid __proto__': () => rs256({ alg: 'RS256', kid: '__proto__' }, good, stranger()),
  'kid of a key that is not published': () => rs256({ ...rs, kid: 'other' }, good, stranger()),
  'the right kid of another’s key': () => rs256(rs, good, stranger()),
  'jku of a key set of its own': () => es256({ alg: 'ES256', kid: 'evil', jku: urlOf(bait) }, good),
  'x5u of a certificate of its own': () => es256({ alg: 'ES256', kid: 'evil', x5u: urlOf(bait) }, good),
  'jwk: its own key in the header': () => es256({ alg: 'ES256', jwk: ec.publicKey.export({ format: 'jwk' }) }, good),
  'x5c: its own certificate in the header': () => es256({ alg: 'ES256', x5c: ['MIIB'] }, good),
  'crit that nobody knows': () => rs256({ ...rs, crit: ['admin'], admin: true }, good),
  'crit that nobody knows, by the shared key': () => hmac({ ...hs, crit: ['admin'], admin: true }, good, secret),
  'crit that names b64': () => hmac({ ...hs, crit: ['b64'], b64: false }, good, secret),
  'no exp': () => hmac(hs, { ...good, exp: undefined }, secret),
  'no exp, by a public key': () => rs256(rs, { ...good, exp: undefined }),
  'exp as text': () => hmac(hs, { ...good, exp: String(now + 60) }, secret),
  'exp past all dates': () => hmac(hs, { ...good, exp: 1e300 }, secret),
  'exp in the past': () => rs256(rs, { ...good, exp: now - 1 }),
  'exp in the past, by the shared key': () => hmac(hs, { ...good, exp: now - 1 }, secret),
  'another aud': () => rs256(rs, { ...good, aud: 'shop' }),
  'no aud': () => hmac(hs, { ...good, aud: undefined }, secret),
  'another iss': () => rs256(rs, { ...good, iss: 'https://evil.example.com' }),
  'iss that begins right': () => hmac(hs, { ...good, iss: 'https://id.example.com.evil.com' }, secret),
  'no iss': () => hmac(hs, { ...good, iss: undefined }, secret),
  'nbf in the future': () => rs256(rs, { ...good, nbf: now + 3_600 }),
  'nbf in the future, by the shared key': () => hmac(hs, { ...good, nbf: now + 3_600 }, secret),
  'no sub': () => hmac(hs, { ...good, sub: undefined }, secret),
  'sub as an object': () => hmac(hs, { ...good, sub: { $ne: '' } }, secret),
  'sub as a list': () => hmac(hs, { ...good, sub: ['alice'] }, secret),
  'sub with a line break': () => hmac(hs, { ...good, sub: 'alice\nroot' }, secret),
  'a role that there is none of': () => hmac(hs, { ...good, meetings: { m: 'root' } }, secret),
  '16 kB': () => hmac(hs, { ...good, padding: 'x'.repeat(12_000) }, secret),
  'nested a thousand deep': () =>
    hmac(hs, { ...good, meetings: JSON.parse(`${'['.repeat(1_000)}${']'.repeat(1_000)}`) }, secret),
  'four parts': () => `${hmac(hs, good, secret)}.x`,
  'padding that base64url has none of': () => `${hmac(hs, good, secret)}==`,
  'a JWE': () => `${part({ alg: 'dir', enc: 'A256GCM' })}..${'a'.repeat(16)}.${'a'.repeat(40)}.${'a'.repeat(22)}`,
};

test('line 3: the honest are let in, by either key', async () => {
  for (const honest of [hmac(hs, good, secret), rs256(rs, good)]) {
    const client = await new TestClient(server.url, honest).connected();
    expect((await client.ask('join', { channel: 'm' })).ok).toBe(true);
    client.close();
  }
});

test.each(Object.keys(forged))('line 3: refused at every door: %s', async (why) => {
  const bad = forged[why]?.() ?? '';
  tried += 1;
  const client = new TestClient(server.url, bad);
  const refusal = await client.connected().then(
    () => undefined,
    (error: unknown) => error,
  );
  client.close();
  const alice = await new TestClient(server.url, hmac(hs, good, secret)).connected();
  const renewal = await alice.ask('authenticate', { token: bad });
  alice.close();
  const answer = await fetch(new URL('channels', server.url), { headers: { authorization: `Bearer ${bad}` } });
  if (refusal === undefined || renewal.ok || answer.ok) accepted += 1;
  expect(refusal).toMatchObject({ data: { code: 'unauthorized' } });
  // Too long for any token is too long for the event already.
  expect(renewal.ok ? 'ok' : renewal.error.code).toMatch(/^(unauthorized|invalid)$/);
  expect([401, 431]).toContain(answer.status);
});

test('line 3: accepted bad tokens: 0, and no token’s own address was asked for its key', () => {
  console.log(JSON.stringify({ tried, accepted, baited }));
  expect({ tried, accepted, baited }).toEqual({ tried: Object.keys(forged).length, accepted: 0, baited: 0 });
});
