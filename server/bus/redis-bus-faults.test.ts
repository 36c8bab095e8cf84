import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withService } from '../../test/services/process.ts';
import { startRedis } from '../../test/services/redis.ts';
import { startTcpProxy } from '../../test/services/tcp-proxy.ts';
import type { Topic } from './bus.ts';
import { anyTopic, entries, type Listener, listen, patience } from './bus-suite.ts';
import { RedisBus } from './redis-bus.ts';

const redis = await withService(startRedis);
afterAll(() => redis?.stop());

const beatMs = 300;
type Counted = Listener & { lost: number; malformed: number };

describe.runIf(redis)('the bus over a Redis that fails', () => {
  if (!redis) return;
  const port = Number(new URL(redis.url).port);
  const open: Listener[] = [];
  let topic: Topic;
  let alice: Counted;
  let bob: Counted;

  const join = async (url = redis.url): Promise<Counted> => {
    const bus = new RedisBus({
      redis: { url, deployment: 'tests' },
      log: { info: () => {}, warn: () => {} },
      lost(messages) {
        listener.lost += messages;
      },
      malformed(messages) {
        listener.malformed += messages;
      },
      beatMs,
    });
    const listener: Counted = Object.assign(await listen(bus), { lost: 0, malformed: 0 });
    open.push(listener);
    return listener;
  };
  const admin = async (...command: [string, ...string[]]): Promise<unknown> => {
    const client = new Redis(redis.url, { lazyConnect: true, retryStrategy: null });
    await client.connect();
    const answer = await client.call(...command);
    client.disconnect();
    return answer;
  };
  const allUp = () => vi.waitFor(() => expect(open.map(({ bus }) => bus.up)).toEqual(open.map(() => true)), patience);
  const allDown = () =>
    vi.waitFor(() => expect(open.map(({ bus }) => bus.up)).toEqual(open.map(() => false)), patience);
  const allRestored = () => vi.waitFor(() => expect(open.every(({ restored }) => restored > 0)).toBe(true), patience);
  /** Messages go both ways again. */
  const theyHearEachOther = async () => {
    const [toBob, toAlice] = [{ ...entries(randomUUID(), 1) }, { ...entries(randomUUID(), 1) }];
    alice.bus.publish(topic, toBob);
    bob.bus.publish(topic, toAlice);
    await vi.waitFor(() => expect(bob.heard).toContainEqual({ topic, message: toBob }), patience);
    await vi.waitFor(() => expect(alice.heard).toContainEqual({ topic, message: toAlice }), patience);
  };

  beforeEach(async () => {
    topic = anyTopic();
    alice = await join();
    bob = await join();
    await alice.bus.subscribe(topic);
    await bob.bus.subscribe(topic);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map(({ bus }) => bus.close()));
  });

  it('heals after Redis was killed and started again, empty', async () => {
    await redis.kill();
    await allDown();
    const later = anyTopic();
    await bob.bus.subscribe(later);
    await redis.restart();
    await allUp();
    await allRestored();
    await theyHearEachOther();
    alice.bus.publish(later, entries('lunch', 1));
    await vi.waitFor(() => expect(bob.heard).toContainEqual({ topic: later, message: entries('lunch', 1) }), patience);
  });

  it('an instance that was cut off tells the others what they missed of it: heads and rights, nothing out of date', async () => {
    const proxy = await startTcpProxy(port);
    const carol = await join(`redis://127.0.0.1:${proxy.port}`);
    try {
      proxy.cut();
      await vi.waitFor(() => expect(carol.bus.up).toBe(false), patience);
      carol.bus.publish(topic, {
        kind: 'event',
        name: 'typing',
        payload: { channel: 'standup', user: 'carol', on: true },
      });
      for (let seq = 1; seq <= 50; seq += 1) carol.bus.publish(topic, entries('standup', seq));
      carol.bus.publish(topic, { kind: 'access', channel: 'standup', user: 'bob' });
      expect(carol.lost).toBe(52);
      proxy.relent();
      await vi.waitFor(() => expect(bob.heard).toHaveLength(2), patience);
    } finally {
      await carol.bus.close();
      await proxy.close();
    }
    expect(bob.heard.map(({ message }) => message)).toEqual([
      { kind: 'head', channel: 'standup', head: 50 },
      { kind: 'access', channel: 'standup', user: 'bob' },
    ]);
  });

  it('heals after CLIENT KILL TYPE pubsub', async () => {
    await admin('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await allRestored();
    await allUp();
    await theyHearEachOther();
  });

  it('heals after CLIENT KILL of all connections', async () => {
    await admin('CLIENT', 'KILL', 'TYPE', 'normal');
    await admin('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await allRestored();
    await allUp();
    await theyHearEachOther();
  });

  it('heals after Redis was frozen; meanwhile neither publishing nor subscribing waits for it', async () => {
    redis.signal('SIGSTOP');
    try {
      await bob.bus.subscribe(anyTopic());
      for (let seq = 1; seq <= 2_000; seq += 1)
        alice.bus.publish(topic, entries('standup', seq, 1, 'x'.repeat(10_000)));
      await allDown();
      await bob.bus.subscribe(anyTopic());
    } finally {
      redis.signal('SIGCONT');
    }
    expect(alice.lost).toBeGreaterThan(0);
    await allUp();
    await allRestored();
    await theyHearEachOther();
  });

  it('notices a subscriber that is up but deaf', async () => {
    const proxy = await startTcpProxy(port);
    const carol = await join(`redis://127.0.0.1:${proxy.port}`);
    try {
      await carol.bus.subscribe(topic);
      proxy.deafen(/ssubscribe/i);
      await vi.waitFor(() => expect(carol.bus.up).toBe(false), patience);
      proxy.relent();
      await vi.waitFor(() => expect(carol.restored).toBe(1), patience);
      alice.bus.publish(topic, entries('standup', 1));
      await vi.waitFor(() => expect(carol.heard).toEqual([{ topic, message: entries('standup', 1) }]), patience);
    } finally {
      await carol.bus.close();
      await proxy.close();
    }
  });

  it('does not take a stall of its own process for deafness', async () => {
    const stallMs = 3 * beatMs;
    const from = performance.now();
    while (performance.now() - from < stallMs);
    await theyHearEachOther();
    expect(alice.restored + bob.restored).toBe(0);
  });

  it('starts without Redis, down, and finds it later', async () => {
    await redis.kill();
    const carol = await join();
    expect(carol.bus.up).toBe(false);
    await carol.bus.subscribe(topic);
    await redis.restart();
    await vi.waitFor(() => expect(carol.restored).toBe(1), patience);
    await allUp();
    alice.bus.publish(topic, entries('standup', 1));
    await vi.waitFor(() => expect(carol.heard).toEqual([{ topic, message: entries('standup', 1) }]), patience);
  });

  it('drops and counts what is no message, and what a newer version may say', async () => {
    for (const payload of [
      '',
      'x',
      'newer {"kind":"poll"}',
      'newer {"kind":"entries","channel":"standup","entries":[{}]}',
    ]) {
      await admin('SPUBLISH', `chat:tests:${topic}`, payload);
    }
    await vi.waitFor(() => expect(bob.malformed).toBe(4), patience);
    await theyHearEachOther();
    expect(bob.heard).toHaveLength(1);
  });
});
