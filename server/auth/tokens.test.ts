import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTokens, type Tokens } from './tokens.ts';

/** A key set that could not be had is not asked for again at once. */
const patience = { timeout: 10_000 };
const secret = 'a-secret-of-the-tests-with-32-bytes-and-more';
const inAnHour = () => Math.floor(Date.now() / 1_000) + 3_600;
const encode = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A token of any header and claims, signed with any bytes: what no honest library would make. */
function forged(header: object, claims: object, key: string | Buffer | undefined = secret): string {
  const body = `${encode(header)}.${encode(claims)}`;
  return `${body}.${key === undefined ? '' : createHmac('sha256', key).update(body).digest('base64url')}`;
}

const alice = () => ({ sub: 'alice', exp: inAnHour(), meetings: { standup: 'organizer' } });
const hs256 = { alg: 'HS256', typ: 'JWT' };

async function tokensFor(config: Parameters<typeof createTokens>[1], told: string[] = []): Promise<Tokens> {
  const tell = (_context: object, message: string) => void told.push(message);
  return createTokens(fastify(), config, { info: tell, warn: tell });
}

describe('A token by the shared key', () => {
  let tokens: Tokens;
  beforeAll(async () => {
    tokens = await tokensFor({ jwtSecret: secret, jwtIssuer: 'https://id.example.com', jwtAudience: 'chat' });
  });
  const good = () => ({ ...alice(), iss: 'https://id.example.com', aud: 'chat' });

  it('says who its bearer is and which meetings are open to them', async () => {
    const identity = await tokens.verify(forged(hs256, { ...good(), name: ' Alice\u202E \n' }));
    expect(identity).toMatchObject({
      user: 'alice',
      name: 'Alice',
      service: false,
      provider: 'https://id.example.com',
    });
    expect([...identity.meetings]).toEqual([['standup', 'organizer']]);
  });

  it.each([
    ['is one line, and turns nothing beside it around', 'A\u061Cl\u2066ice\r\n\u2028B.\0', 'Alice B.'],
    ['keeps what joins letters and signs', 'می‌خواهم 👩‍💻', 'می‌خواهم 👩‍💻'],
    ['that cannot be seen is none', '\u200B\u3164\u2800\u2060', 'alice'],
    ['ends before half a character', `${'x'.repeat(199)}😀`, `${'x'.repeat(199)}\uFFFD`],
  ])('a name %s', async (_promise, name, shown) => {
    expect(await tokens.verify(forged(hs256, { ...good(), name }))).toMatchObject({ name: shown });
  });

  it('gives participants’ rights where meetings are a list', async () => {
    const identity = await tokens.verify(forged(hs256, { ...good(), meetings: ['a', 'b'] }));
    expect([...identity.meetings]).toEqual([
      ['a', 'participant'],
      ['b', 'participant'],
    ]);
  });

  it.each([
    ['a list as scope', { scope: ['service'] }],
    ['null as scope', { scope: null }],
    ['null as meetings', { meetings: null }],
  ])('with %s locks nobody out, and opens nothing', async (_what, claims) => {
    const identity = await tokens.verify(forged(hs256, { ...good(), meetings: [], ...claims }));
    expect(identity).toMatchObject({ user: 'alice', service: false });
    expect(identity.meetings.size).toBe(0);
  });

  it('by a clock that is some seconds ahead is valid already, and one that has expired is not', async () => {
    const soon = Math.floor(Date.now() / 1_000) + 3;
    expect(await tokens.verify(forged(hs256, { ...good(), iat: soon, nbf: soon }))).toMatchObject({ user: 'alice' });
    const over = forged(hs256, { ...good(), exp: Math.floor(Date.now() / 1_000) });
    await expect(tokens.verify(over)).rejects.toMatchObject({ message: 'The token has expired.' });
  });

  const refused: { [why: string]: () => string } = {
    'without a signature': () => forged({ alg: 'none', typ: 'JWT' }, good(), undefined),
    'with "none" in other letters': () => forged({ alg: 'nOnE', typ: 'JWT' }, good(), undefined),
    'signed with another key': () => forged(hs256, good(), 'another-secret-of-the-tests-with-32-bytes'),
    'signed with an empty key': () => forged(hs256, good(), ''),
    'of another algorithm of the same key': () => forged({ alg: 'HS512', typ: 'JWT' }, good()),
    'of a public-key algorithm': () => forged({ alg: 'RS256', typ: 'JWT' }, good()),
    'with critical extensions': () => forged({ ...hs256, crit: ['exp2'], exp2: 1 }, good()),
    'that has expired': () => forged(hs256, { ...good(), exp: Math.floor(Date.now() / 1_000) - 1 }),
    'without exp': () => forged(hs256, { ...good(), exp: undefined }),
    'with exp as text': () => forged(hs256, { ...good(), exp: String(inAnHour()) }),
    'without sub': () => forged(hs256, { ...good(), sub: undefined }),
    'with a sub that is no id': () => forged(hs256, { ...good(), sub: 'a b' }),
    'with an object as sub': () => forged(hs256, { ...good(), sub: { $ne: null } }),
    'with a role that does not exist': () => forged(hs256, { ...good(), meetings: { standup: 'owner' } }),
    'with a meeting that is no id': () => forged(hs256, { ...good(), meetings: ['a b'] }),
    'of another issuer': () => forged(hs256, { ...good(), iss: 'https://evil.example.com' }),
    'without an issuer': () => forged(hs256, { ...good(), iss: undefined }),
    'for another audience': () => forged(hs256, { ...good(), aud: 'shop' }),
    'not valid yet': () => forged(hs256, { ...good(), nbf: inAnHour() }),
    'of 16 kB': () => forged(hs256, { ...good(), padding: 'x'.repeat(16_000) }),
    'that is no token': () => 'no token',
    'that is empty': () => '',
  };
  for (const [why, token] of Object.entries(refused)) {
    it(`is refused ${why}`, async () => {
      await expect(tokens.verify(token())).rejects.toMatchObject({ code: 'unauthorized' });
    });
  }
});

describe('A token by a public key', () => {
  const published = new Map<string, CryptoKey>();
  let fetches = 0;
  let down = false;
  /** What is published there in the place of the keys. */
  let other: string | undefined;
  const server = createServer(async (_request, response) => {
    fetches += 1;
    if (down) return response.writeHead(500).end();
    if (other !== undefined) return response.end(other);
    const keys = await Promise.all(
      [...published].map(async ([kid, key]) => ({ ...(await exportJWK(key)), kid, use: 'sig' })),
    );
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
  });
  let jwksUrl: string;
  beforeAll(async () => {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
  });
  afterAll(() => void server.close());

  async function publish(alg: string, kid: string): Promise<CryptoKey> {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    published.set(kid, publicKey);
    return privateKey;
  }
  const signed = (key: CryptoKey, alg: string, kid: string, claims: object = alice()) =>
    new SignJWT({ ...claims }).setProtectedHeader({ alg, kid }).sign(key);

  for (const alg of ['RS256', 'ES256', 'EdDSA']) {
    it(`is accepted with ${alg}`, async () => {
      const tokens = await tokensFor({ jwksUrl });
      const key = await publish(alg, `key-${alg}`);
      expect(await tokens.verify(await signed(key, alg, `key-${alg}`))).toMatchObject({ user: 'alice' });
    });
  }

  it('by a clock that is some seconds ahead is valid already, and one that has expired is not', async () => {
    const tokens = await tokensFor({ jwksUrl });
    const key = await publish('ES256', 'clock');
    const soon = Math.floor(Date.now() / 1_000) + 3;
    const early = await signed(key, 'ES256', 'clock', { ...alice(), nbf: soon });
    expect(await tokens.verify(early)).toMatchObject({ user: 'alice' });
    const over = await signed(key, 'ES256', 'clock', { ...alice(), exp: Math.floor(Date.now() / 1_000) });
    await expect(tokens.verify(over)).rejects.toMatchObject({ message: 'The token has expired.' });
  });

  it('is refused when the public key itself was used as a shared one', async () => {
    const tokens = await tokensFor({ jwksUrl, jwtSecret: secret });
    await publish('RS256', 'confused');
    const publicKey = published.get('confused');
    if (publicKey === undefined) throw new Error('not published');
    const pem = await exportSPKI(publicKey);
    await expect(tokens.verify(forged({ alg: 'HS256', kid: 'confused' }, alice(), pem))).rejects.toMatchObject({
      code: 'unauthorized',
    });
  });

  it('is refused with an algorithm that is not of its key', async () => {
    const tokens = await tokensFor({ jwksUrl });
    const key = await publish('ES256', 'of-es256');
    const token = await signed(key, 'ES256', 'of-es256');
    const [, claims, signature] = token.split('.');
    await expect(
      tokens.verify(`${encode({ alg: 'RS256', kid: 'of-es256' })}.${claims}.${signature}`),
    ).rejects.toMatchObject({ code: 'unauthorized' });
    await expect(
      tokens.verify(await signed((await generateKeyPair('PS256')).privateKey, 'PS256', 'of-es256')),
    ).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('is refused without exp, and with a key set of its own choice', async () => {
    const tokens = await tokensFor({ jwksUrl });
    const key = await publish('ES256', 'honest');
    await expect(tokens.verify(await signed(key, 'ES256', 'honest', { sub: 'alice' }))).rejects.toMatchObject({
      code: 'unauthorized',
    });
    const evil = (await generateKeyPair('ES256')).privateKey;
    const jku = await new SignJWT(alice())
      .setProtectedHeader({ alg: 'ES256', kid: 'honest', jku: 'https://evil.example.com/jwks' })
      .sign(evil);
    await expect(tokens.verify(jku)).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('is verified by a new key once the old key set is some seconds old, and unknown keys cost no fetch each', async () => {
    const tokens = await tokensFor({ jwksUrl });
    const first = await publish('ES256', 'first');
    await tokens.verify(await signed(first, 'ES256', 'first'));
    const before = fetches;
    const stranger = (await generateKeyPair('ES256')).privateKey;
    for (let i = 0; i < 20; i += 1) {
      await expect(tokens.verify(await signed(stranger, 'ES256', `unknown-${i}`))).rejects.toMatchObject({
        code: 'unauthorized',
      });
    }
    expect(fetches - before).toBeLessThanOrEqual(1);
  });

  it('is neither accepted nor refused while the key set cannot be fetched', async () => {
    const key = await publish('ES256', 'later');
    const tokens = await tokensFor({ jwksUrl });
    down = true;
    await expect(tokens.verify(await signed(key, 'ES256', 'later'))).rejects.toMatchObject({ code: 'unavailable' });
    down = false;
    const token = await signed(key, 'ES256', 'later');
    await vi.waitFor(async () => expect(await tokens.verify(token)).toMatchObject({ user: 'alice' }), patience);
  });

  it('by whichever key makes a key set that cannot be fetched be asked for once a second, and not for each token', async () => {
    const tokens = await tokensFor({ jwksUrl });
    const stranger = (await generateKeyPair('ES256')).privateKey;
    down = true;
    const [before, began] = [fetches, performance.now()];
    for (let i = 0; i < 50; i += 1) {
      await expect(tokens.verify(await signed(stranger, 'ES256', `unknown-${i}`))).rejects.toMatchObject({
        code: 'unavailable',
      });
    }
    down = false;
    expect(fetches - before).toBeLessThanOrEqual(1 + Math.ceil((performance.now() - began) / 1_000));
  });

  it.each([
    ['a page', '<!doctype html>'],
    ['what an identity provider says of itself', '{ "issuer": "https://id.example.com", "jwks_uri": "…" }'],
  ])('is neither accepted nor refused where %s is published in the place of keys', async (_what, published) => {
    const tokens = await tokensFor({ jwksUrl });
    other = published;
    const token = await signed(await publish('ES256', 'elsewhere'), 'ES256', 'elsewhere');
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'unavailable' });
    other = undefined;
    await vi.waitFor(async () => expect(await tokens.verify(token)).toMatchObject({ user: 'alice' }), patience);
  });

  it('that has to wait for the key set is told of in the log, once for all of them, and when there is one again', async () => {
    const told: string[] = [];
    const tokens = await tokensFor({ jwksUrl }, told);
    const token = await signed(await publish('ES256', 'logged'), 'ES256', 'logged');
    down = true;
    for (let i = 0; i < 3; i += 1) await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'unavailable' });
    expect(told).toEqual([expect.stringContaining('JWKS_URL cannot be had')]);
    down = false;
    await vi.waitFor(() => tokens.verify(token), patience);
    await tokens.verify(token);
    expect(told.slice(1)).toEqual([expect.stringContaining('can be had again')]);
  });

  it('is told of as waiting until the key set was had again, though others by a known key are accepted meanwhile', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const told: string[] = [];
    const tokens = await tokensFor({ jwksUrl }, told);
    const known = await signed(await publish('ES256', 'known'), 'ES256', 'known');
    const unknown = await signed((await generateKeyPair('ES256')).privateKey, 'ES256', 'not-yet');
    await tokens.verify(known);
    down = true;
    vi.advanceTimersByTime(6_000);
    for (let i = 0; i < 2; i += 1) {
      await expect(tokens.verify(unknown)).rejects.toMatchObject({ code: 'unavailable' });
      await tokens.verify(known);
    }
    down = false;
    expect(told).toEqual([expect.stringContaining('JWKS_URL cannot be had')]);
  });
});
