import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Entry } from '../../protocol/entities.ts';
import { TestClient } from '../client.ts';
import { startCluster } from '../cluster.ts';
import { withService } from '../services/process.ts';
import { token } from '../tokens.ts';

const cluster = await withService(() => startCluster({ instances: 2 }));
afterAll(() => cluster?.stop());

/** A reader that notes when each text came, by the clock of `performance`. */
async function reader(url: string, user: string) {
  const client = await new TestClient(url, token({ sub: user, meetings: ['standup'] })).connected();
  const arrivals = new Map<string, number>();
  client.socket.on('entries', ({ entries }: { entries: Entry[] }) => {
    for (const entry of entries) if (entry.type === 'message') arrivals.set(entry.text, performance.now());
  });
  await client.command('join', { channel: 'standup' });
  return { client, arrivals };
}

describe.skipIf(cluster === undefined)('While a part of the cluster is away', () => {
  const { instances = [], mongod, redis } = cluster ?? {};
  const [here = '', there = ''] = instances.map(({ url }) => url);
  let alice: Awaited<ReturnType<typeof reader>>;
  let bob: Awaited<ReturnType<typeof reader>>;
  let carol: Awaited<ReturnType<typeof reader>>;
  let written = 0;
  const send = async () => {
    written += 1;
    const text = `message ${written}`;
    await alice.client.command('send', { channel: 'standup', key: text.replace(' ', '-'), text });
    return text;
  };
  const statusOf = async (url: string) => (await fetch(`${url}health/ready`)).status;
  // The bus is back when a message is there sooner than the sweep that finds what the bus loses.
  const busIsBack = () =>
    expect.poll(async () => (await (await fetch(`${there}metrics`)).text()).includes('bus_up 1')).toBe(true);

  beforeEach(async () => {
    alice = await reader(here, 'alice');
    bob = await reader(here, 'bob');
    carol = await reader(there, 'carol');
  });
  afterEach(() => {
    for (const { client } of [alice, bob, carol]) client.close();
  });

  test('R5: with Redis down acks go on, members here see messages at once, the others within 5 s; its return repairs all', async () => {
    await redis?.kill();
    const delays: { here: number; there: number }[] = [];
    for (let i = 0; i < 2; i += 1) {
      const from = performance.now();
      const text = await send();
      await expect.poll(() => bob.arrivals.has(text) && carol.arrivals.has(text), { timeout: 10_000 }).toBe(true);
      const after = ({ arrivals }: typeof bob) => (arrivals.get(text) ?? Number.NaN) - from;
      delays.push({ here: after(bob), there: after(carol) });
    }
    const slowest = (place: 'here' | 'there') => Math.max(...delays.map((delay) => delay[place]));
    process.stdout.write(
      `Redis down: here ${Math.round(slowest('here'))} ms, there ${Math.round(slowest('there'))} ms\n`,
    );
    expect(slowest('here')).toBeLessThan(1_000);
    expect(slowest('there')).toBeLessThan(5_000);

    await redis?.restart();
    await busIsBack();
    const last = await send();
    await expect.poll(() => carol.arrivals.has(last)).toBe(true);
    expect([...carol.arrivals.keys()]).toEqual([...alice.arrivals.keys()]);
  });

  test('R26: with Redis down, what an organizer sets is told to the members at the other instances all the same', async () => {
    const told: unknown[] = [];
    carol.client.socket.on('channel', ({ channel }) => told.push(channel.settings.directMessages));
    await redis?.kill();
    const olga = token({ sub: 'olga', meetings: { standup: 'organizer' } });
    const answer = await fetch(`${here}channels/standup`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${olga}`, 'content-type': 'application/json' },
      body: JSON.stringify({ settings: { directMessages: false } }),
    });
    expect(answer.status).toBe(200);
    await expect.poll(() => told, { timeout: 10_000 }).toEqual([false]);
    await redis?.restart();
    await busIsBack();
  });

  test('R13 R17: with the database frozen nothing is acked, readiness is red, memory is bounded, and it heals by itself', async () => {
    const answers: { ok: boolean; error?: { code: string; retryAfterMs?: number } }[] = [];
    const before = residentBytes(instances[0]?.process.pid ?? 0);
    const text = 'x'.repeat(2_000);
    const writers = await Promise.all(['dan', 'eve', 'fay', 'gil', 'hal'].map((user) => reader(here, user)));
    const flood = writers.flatMap(({ client }, writer) =>
      Array.from({ length: 500 }, (_, i) => ({ client, key: `flood-${writer}-${i}` })),
    );
    mongod?.signal('SIGSTOP');
    const frozen = performance.now();
    const asked = flood.map(async ({ client, key }) =>
      answers.push(await client.ask('send', { channel: 'standup', key, text })),
    );
    await expect.poll(() => Promise.all([statusOf(here), statusOf(there)]), { timeout: 15_000 }).toEqual([503, 503]);
    await wait(Math.max(0, 7_000 - (performance.now() - frozen)));
    expect(answers.filter(({ ok }) => ok)).toEqual([]);
    expect(answers.length).toBeGreaterThan(0);
    for (const { error } of answers) {
      expect(['unavailable', 'rate_limited']).toContain(error?.code);
      expect(error?.retryAfterMs).toBeGreaterThan(0);
    }
    const grownBytes = residentBytes(instances[0]?.process.pid ?? 0) - before;
    process.stdout.write(
      `database frozen: ${answers.length} refused, memory grew by ${Math.round(grownBytes / 1e6)} MB\n`,
    );
    expect(grownBytes).toBeLessThan(150e6);

    mongod?.signal('SIGCONT');
    await expect.poll(() => Promise.all([statusOf(here), statusOf(there)])).toEqual([200, 200]);
    await Promise.all(asked);
    // What became of the refused ones is settled by their keys: each is one message now.
    await Promise.all(flood.map(({ client, key }) => untilAcked(client, key, text)));
    for (const { client } of writers) client.close();
    const log = await carol.client.log('standup');
    const stored = log.flatMap((entry) => (entry.type === 'message' && entry.key ? [entry.key] : []));
    expect(new Set(stored).size).toBe(stored.length);
    expect(new Set(stored)).toEqual(new Set([...stored, ...flood.map(({ key }) => key)]));
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
  });

  test('R13: what reads while the database is frozen is answered as unavailable, and is an outage and no fault', async () => {
    const dan = token({ sub: 'dan', meetings: ['standup'] });
    await mongod?.freeze();
    const asked = [
      bob.client.ask('history', { channel: 'standup' }),
      bob.client.ask('sync', { channel: 'standup', since: 0 }),
      fetch(`${here}channels`, { headers: { authorization: `Bearer ${dan}` } }).then((answer) => answer.json()),
    ];
    const answers = await Promise.all(asked);
    mongod?.signal('SIGCONT');
    for (const answer of answers) expect(answer).toMatchObject({ error: { code: 'unavailable' } });
    const figures = await (await fetch(`${here}metrics`)).text();
    expect(figures.match(/^meeting_chat_faults_total\{.* (?!0$)\S+$/gm)).toBe(null);
    expect(figures).toMatch(/^meeting_chat_store_failures_total [1-9]/m);
    expect(instances[0]?.process.output).toMatch(/"level":40,.*"the store is away"/);
    await expect.poll(() => Promise.all([statusOf(here), statusOf(there)])).toEqual([200, 200]);
  });

  test('R4 R13 R17: with the database gone readiness is red; it heals without a restart, and what was sent meanwhile without waiting keeps its order', async () => {
    const texts = Array.from({ length: 200 }, (_, i) => `one of many ${i}`);
    const sent = texts.slice(0, 100).map((text) => alice.client.send('standup', text));
    await sent[0];
    await mongod?.kill();
    sent.push(...texts.slice(100).map((text) => alice.client.send('standup', text)));
    const refused = await alice.client.ask('send', { channel: 'standup', key: 'gone', text: 'hello' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'unavailable', retryAfterMs: expect.any(Number) } });
    await expect.poll(() => statusOf(here)).toBe(503);
    await mongod?.restart();
    await expect.poll(() => statusOf(here)).toBe(200);
    await Promise.all(sent);
    await untilAcked(alice.client, 'gone', 'hello');
    await expect.poll(() => carol.arrivals.has('hello')).toBe(true);
    expect([...carol.arrivals.keys()].filter((text) => texts.includes(text))).toEqual(texts);
  });
});

/** As an outbox does: again, under the same key. */
async function untilAcked(client: TestClient, key: string, text: string): Promise<void> {
  for (;;) {
    const answer = await client.ask('send', { channel: 'standup', key, text });
    if (answer.ok) return;
    await wait(answer.error.retryAfterMs);
  }
}

function residentBytes(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4_096;
}
