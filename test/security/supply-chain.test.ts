import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Instance, startInstance } from '../instance.ts';
import { token } from '../tokens.ts';

type Locked = {
  version?: string;
  resolved?: string;
  integrity?: string;
  dev?: boolean;
  engines?: { node?: string };
};
const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const lock: { packages: { [path: string]: Locked } } = JSON.parse(read('package-lock.json'));
const described: { engines: { node: string }; dependencies: { [name: string]: string } } = JSON.parse(
  read('package.json'),
);
const locked = Object.entries(lock.packages).filter(([path]) => path.startsWith('node_modules/'));
/** What an installation gets; the rest is for building and testing. */
const installed = locked.filter(([, { dev }]) => dev !== true);

/** Below these stand known ways to crash a server, to exhaust it, or to get past its tokens. */
const floors = {
  'engine.io': '6.6.9',
  'socket.io-parser': '4.2.7',
  ws: '8.23.0',
  fastify: '5.12.2',
  'fast-jwt': '6.3.6',
};

function isAtLeast(version: string, floor: string): boolean {
  const [have, least] = [version, floor].map((text) => text.split('-')[0]?.split('.').map(Number) ?? []);
  for (let i = 0; i < 3; i += 1) {
    const [a, b] = [have?.[i] ?? 0, least?.[i] ?? 0];
    if (a !== b) return a > b;
  }
  return !version.includes('-');
}

describe('line 11: the lockfile', () => {
  test.each(Object.entries(floors))('%s stands nowhere below %s', (name, floor) => {
    const versions = installed.flatMap(([path, { version }]) =>
      path.endsWith(`node_modules/${name}`) && version !== undefined ? [version] : [],
    );
    expect(versions.length).toBeGreaterThan(0);
    expect(versions.filter((version) => !isAtLeast(version, floor))).toEqual([]);
  });

  test('ws stands nowhere below its floor either where the package is installed, which takes no heed of lockfile and overrides', () => {
    expect(isAtLeast((described.dependencies.ws ?? '').slice('^'.length), floors.ws)).toBe(true);
    // Engine.IO would take the one that it asks for itself.
    expect(read('server/gateway/gateway.ts')).toMatch(
      /import \{ WebSocketServer \} from 'ws';[\s\S]*wsEngine: WebSocketServer,/,
    );
  });

  test('holds nothing that asks for a newer Node than we do', () => {
    const ours = Number(/^>=(\d+)/.exec(described.engines.node)?.[1]);
    const newer = installed.filter(([, { engines }]) => Number(/^>= ?(\d+)/.exec(engines?.node ?? '')?.[1]) > ours);
    expect(newer.map(([path, { engines }]) => `${path}: ${engines?.node}`)).toEqual([]);
  });

  test('names every package by its hash, and no address: it comes from the registry that npm is set to', () => {
    const without = locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path);
    const addresses = locked.flatMap(([, { resolved }]) => (resolved === undefined ? [] : [resolved]));
    expect({ without, addresses }).toEqual({ without: [], addresses: [] });
  });
});

describe('line 11: headers', () => {
  let server: Instance;
  let demo: Instance;
  beforeAll(async () => {
    [server, demo] = await Promise.all([startInstance(), startInstance({ demo: true })]);
  });
  afterAll(() => Promise.all([server?.remove(), demo?.remove()]));

  const headersOf = async (instance: Instance, path: string, headers: { [name: string]: string } = {}) =>
    (await fetch(new URL(path, instance.url), { headers })).headers;
  const bearer = { authorization: `Bearer ${token({ sub: 'alice', meetings: ['m'] })}` };

  test.each([
    ['channels', bearer],
    ['channels', {}],
    ['channels/m/messages', bearer],
    ['messages/alice', bearer],
    ['health/ready', {}],
    ['nowhere', {}],
  ])('of data: kept by nobody, guessed at by nobody, framed by nobody: /%s', async (path, headers) => {
    const answered = await headersOf(server, path, headers);
    expect(answered.get('cache-control')).toBe('no-store');
    expect(answered.get('x-content-type-options')).toBe('nosniff');
    expect(answered.get('x-frame-options')).toBe('DENY');
    expect(answered.get('referrer-policy')).toBe('no-referrer');
    expect(answered.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(answered.get('x-powered-by')).toBe(null);
    expect(answered.get('server')).toBe(null);
  });

  test('of long-polling: kept by nobody', async () => {
    const answered = await headersOf(server, 'socket.io/?EIO=4&transport=polling');
    expect(answered.get('cache-control')).toBe('no-store');
    expect(answered.get('x-content-type-options')).toBe('nosniff');
  });

  test('behind TLS: nothing else from now on', async () => {
    const secure = await headersOf(server, 'health/live', { 'x-forwarded-proto': 'https' });
    expect(secure.get('strict-transport-security')).toMatch(/^max-age=\d{7,}/);
    expect((await headersOf(server, 'health/live')).get('strict-transport-security')).toBe(null);
  });

  test.each(['', 'demo/organizer.html'])(
    'of the demo’s pages: no foreign script, style, frame or base: /%s',
    async (path) => {
      const answered = await headersOf(demo, path);
      const policy = answered.get('content-security-policy') ?? '';
      for (const rule of [
        "default-src 'none'",
        "script-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
        "require-trusted-types-for 'script'",
      ])
        expect(policy).toContain(rule);
      expect(policy).not.toMatch(/unsafe|\*|data:/);
      expect(answered.get('x-content-type-options')).toBe('nosniff');
    },
  );

  test('of the loader: for pages of any origin, and guessed at by nobody', async () => {
    const answered = await headersOf(server, 'widget.js', { origin: 'https://any.example.com' });
    expect(answered.get('access-control-allow-origin')).toBe('*');
    expect(answered.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(answered.get('x-content-type-options')).toBe('nosniff');
    // No longer than docs/embedding.md says, so that a new version reaches the pages.
    expect(answered.get('cache-control')).toBe('public, max-age=300');
    // Compressed or not under the same address: a cache between must know.
    expect(answered.get('vary')).toMatch(/accept-encoding/i);
  });
});
