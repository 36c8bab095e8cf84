import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestClient } from '../client.ts';
import { encode, text } from '../fuzz/frames.ts';
import { RawWebSocket } from '../fuzz/raw-websocket.ts';
import { type Instance, startInstance } from '../instance.ts';
import { databaseIn, findMongo } from '../services/mongod.ts';
import { withService } from '../services/process.ts';
import { findRedis } from '../services/redis.ts';
import { token } from '../tokens.ts';

const clients: TestClient[] = [];
const instances: Instance[] = [];
const withLimit = async (rate: number, env: { [variable: string]: string } = {}) => {
  const server = await startInstance({ env: { RATE_LIMIT: String(rate), ...env } });
  instances.push(server);
  return server;
};
afterAll(async () => {
  for (const client of clients) client.close();
  for (const server of instances) await server.remove();
});

async function connected({ url }: Instance, sub: string): Promise<TestClient> {
  const client = await new TestClient(url, token({ sub, meetings: ['m'] })).connected();
  clients.push(client);
  return client;
}

const say = (client: TestClient) => client.ask('send', { channel: 'm', key: randomUUID(), text: 'text' });

/** Sends so many at once; answers how many were taken, and the waits that the others were told. */
async function burst(client: TestClient, count: number) {
  const answers = await Promise.all(Array.from({ length: count }, () => say(client)));
  const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.error]));
  expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(refused.length > 0 ? ['rate_limited'] : []));
  const waits = refused.map(({ retryAfterMs = 0 }) => retryAfterMs);
  return { taken: count - refused.length, waits };
}

describe('R42 line 5: rate limits', () => {
  test('of a user: bursts of five seconds’ worth, over all of their connections, and the wait is told', async () => {
    const server = await withLimit(2);
    const [phone, laptop, bob] = [
      await connected(server, 'alice'),
      await connected(server, 'alice'),
      await connected(server, 'bob'),
    ];
    const began = performance.now();
    const both = await Promise.all([burst(phone, 20), burst(laptop, 20)]);
    const drained = 2 * ((performance.now() - began) / 1_000);
    const taken = both[0].taken + both[1].taken;
    expect(taken).toBeGreaterThanOrEqual(10);
    expect(taken).toBeLessThanOrEqual(10 + Math.ceil(drained));
    for (const waitMs of [...both[0].waits, ...both[1].waits]) {
      expect(waitMs).toBeGreaterThan(0);
      expect(waitMs).toBeLessThanOrEqual(500);
    }
    expect((await say(bob)).ok).toBe(true);
  });

  test('are weighted by cost: a search takes what twenty signs of typing take', async () => {
    const server = await withLimit(1);
    const count = async (name: string, payload: object) => {
      const client = await connected(server, `user-${name}`);
      const answers = await Promise.all(Array.from({ length: 100 }, () => client.ask(name, payload)));
      return answers.filter((answer) => answer.ok || answer.error.code !== 'rate_limited').length;
    };
    const [searches, signs] = [await count('search', { q: 'text' }), await count('typing', { channel: 'm', on: true })];
    expect(searches).toBeLessThan(8);
    expect(signs).toBeGreaterThanOrEqual(48);
    expect(signs).toBeLessThan(80);
  });

  test('of a connection: what names no event is held too', async () => {
    const server = await withLimit(1);
    const mallory = await connected(server, 'mallory');
    const answers = await Promise.all(Array.from({ length: 200 }, () => mallory.ask('nonsense', {})));
    const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.error.code));
    expect(codes.filter((code) => code === 'rate_limited').length).toBeGreaterThan(180);
  });

  test('of a channel: many users together, and an organizer still deletes', async () => {
    const server = await withLimit(0.2);
    const organizer = new TestClient(server.url, token({ sub: 'org', meetings: { m: 'organizer' } }));
    clients.push(await organizer.connected());
    const first = await organizer.command('send', { channel: 'm', key: 'first', text: 'text' });
    // Each from an address of their own, as a proxy tells them.
    const crowd = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        RawWebSocket.authenticated(server.url, token({ sub: `user-${i}`, meetings: ['m'] }), {
          headers: [`X-Forwarded-For: 203.0.113.${i}`],
        }),
      ),
    );
    for (const [i, member] of crowd.entries()) {
      for (const id of [1, 2]) member.say(`42${id}["send",{"channel":"m","key":"${i}-${id}","text":"text"}]`);
    }
    const answers = (member: RawWebSocket) => member.messages.filter((message) => message.startsWith('43'));
    for (const member of crowd) await member.until(() => answers(member).length === 2);
    const taken = crowd.flatMap(answers).filter((answer) => answer.includes('"ok":true'));
    const limited = crowd.flatMap(answers).filter((answer) => answer.includes('"code":"rate_limited"'));
    for (const member of crowd) await member.close();
    // Each of them may send two, and the channel takes fifty in a burst.
    expect(taken.length + limited.length).toBe(200);
    expect(taken.length).toBeGreaterThanOrEqual(49);
    expect(limited.length).toBeGreaterThan(0);
    expect((await organizer.ask('delete', { channel: 'm', seq: first.seq })).ok).toBe(true);
  });

  test('of an address: whoever knocks too often waits, by the address that a proxy names', async () => {
    const server = await withLimit(0.1);
    const knock = async (address: string) => {
      const answer = await fetch(new URL('channels', server.url), {
        headers: { authorization: 'Bearer no-token', 'x-forwarded-for': address },
      });
      return { status: answer.status, wait: answer.headers.get('retry-after') };
    };
    const answers = await Promise.all(Array.from({ length: 100 }, () => knock('203.0.113.9')));
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited.length).toBeGreaterThan(40);
    for (const { wait } of limited) expect(Number(wait)).toBeGreaterThan(0);
    expect((await knock('203.0.113.10')).status).toBe(401);
  });

  test('0 switches all of them off', async () => {
    const server = await withLimit(0);
    const alice = await connected(server, 'alice');
    const answers = await Promise.all(Array.from({ length: 3_000 }, () => say(alice)));
    // What a slow machine cannot store in time it refuses all the same, in other words.
    const codes = new Set(answers.flatMap((answer) => (answer.ok ? [] : [answer.error.code])));
    expect(codes).not.toContain('rate_limited');
    expect(answers.filter(({ ok }) => ok).length).toBeGreaterThan(1_000);
  });

  test('a flood does not slow the others: their p99 stays where it was', async () => {
    const server = await withLimit(10);
    const bystanders = await Promise.all(Array.from({ length: 10 }, (_, i) => connected(server, `by-${i}`)));
    const p99 = async () => {
      const times: number[] = [];
      for (let round = 0; round < 20; round += 1) {
        await Promise.all(
          bystanders.map(async (client) => {
            const began = performance.now();
            await client.ask('sync', { channel: 'm', since: 0 });
            times.push(performance.now() - began);
          }),
        );
      }
      return times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0;
    };
    await p99();
    const alone = await p99();
    const mallory = await connected(server, 'mallory');
    let flooding = true;
    const flood = (async () => {
      while (flooding) await Promise.all(Array.from({ length: 100 }, () => say(mallory)));
    })();
    const flooded = await p99();
    flooding = false;
    await flood;
    console.log(`p99 of the others: ${alone.toFixed(1)} ms alone, ${flooded.toFixed(1)} ms beside a flood`);
    expect(flooded).toBeLessThan(alone + 250);
  });

  test('of a connection: the others are served before the last of its hundred thousand packets is looked at', async () => {
    const server = await withLimit(10);
    const bob = await connected(server, 'bob');
    const mallory = await RawWebSocket.authenticated(server.url, token({ sub: 'mallory', meetings: ['m'] }));
    const answersNothing = encode(text('43[]'));
    mallory.bytes(Buffer.concat(Array.from({ length: 100_000 }, () => answersNothing)));
    mallory.say('427["heartbeat",{"heads":{}}]');
    for (let i = 0; i < 100; i += 1) expect(await bob.ask('heartbeat', { heads: {} })).toMatchObject({ ok: true });
    expect(mallory.messages.filter((message) => message.startsWith('437'))).toEqual([]);
    expect(mallory.closed).toBe(false);
    await mallory.close();
  });
});

const mongo = await withService(findMongo);
const redis = await withService(findRedis);

describe.runIf(mongo && redis)('R42 line 5: rate limits across instances', () => {
  let two: [Instance, Instance];
  beforeAll(async () => {
    const env = { DATABASE_URL: databaseIn(mongo?.url ?? '').url, REDIS_URL: redis?.url ?? '' };
    two = [await withLimit(10, env), await withLimit(10, env)];
  });
  afterAll(() => Promise.all([mongo?.stop(), redis?.stop()]));

  test('what a user spends on one is not left on the other', async () => {
    const user = `alice-${randomUUID()}`;
    const devices = [await connected(two[0], user), await connected(two[1], user)];
    // Both spend all they are given. By its own count alone an instance never lets them wait for longer than it takes to
    // earn the one message that is asked for; together they owe for the other's too.
    const earnsOneMs = 100;
    const longestWait = async (client: TestClient) => Math.max(0, ...(await burst(client, 60)).waits);
    await Promise.all(
      devices.map((client) =>
        expect.poll(() => longestWait(client), { timeout: 20_000 }).toBeGreaterThan(2 * earnsOneMs),
      ),
    );
    expect((await say(await connected(two[1], 'bob'))).ok).toBe(true);
  });
});
