import { Redis } from 'ioredis';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { withService } from '../../test/services/process.ts';
import { startRedis } from '../../test/services/redis.ts';
import { startTcpProxy, type TcpProxy } from '../../test/services/tcp-proxy.ts';
import { patience, stateOf, type Watcher, watch } from './presence-suite.ts';
import { RedisPresence } from './redis-presence.ts';

const redis = await withService(startRedis);
afterAll(() => redis?.stop());

const leaseMs = 3_000;

describe.runIf(redis)('presence over a Redis that fails', () => {
  if (!redis) return;
  const watchers: Watcher[] = [];
  const proxies: TcpProxy[] = [];
  const heartbeats: NodeJS.Timeout[] = [];

  const join = async (url = redis.url): Promise<Watcher> => {
    const log = { info: () => {}, warn: () => {} };
    const watcher = await watch(new RedisPresence({ redis: { url, deployment: 'tests' }, leaseMs, log, beatMs: 300 }));
    watchers.push(watcher);
    return watcher;
  };
  /** An instance whose way to Redis can be cut. */
  const joinByProxy = async (user = ''): Promise<Watcher & { proxy: TcpProxy }> => {
    const proxy = await startTcpProxy(Number(new URL(redis.url).port));
    proxies.push(proxy);
    return { ...(await join(`redis://${user}127.0.0.1:${proxy.port}`)), proxy };
  };
  /** A connection that lives. */
  const connect = ({ presence }: Watcher, user: string) => {
    presence.renew(user, 'phone');
    heartbeats.push(setInterval(() => presence.renew(user, 'phone'), leaseMs / 10));
  };
  const admin = async (...commands: [string, ...string[]][]) => {
    const client = new Redis(redis.url, { lazyConnect: true, retryStrategy: null });
    await client.connect();
    for (const command of commands) await client.call(...command);
    client.disconnect();
  };
  const told = ({ told }: Watcher, what: string) => vi.waitFor(() => expect(told).toContain(what), patience);

  afterEach(async () => {
    for (const heartbeat of heartbeats.splice(0)) clearInterval(heartbeat);
    await Promise.all(watchers.splice(0).map(({ presence }) => presence.close()));
    await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
    await admin(['FLUSHALL']);
  });

  it('the users of an instance that dies go with their leases, told once at each other instance', async () => {
    const [dying, here, there] = [await joinByProxy(), await join(), await join()];
    dying.presence.renew('alice', 'phone');
    connect(here, 'bob');
    const diedAt = Date.now();
    await told(here, 'alice online');
    dying.proxy.cut();
    await told(here, 'alice offline');
    await told(there, 'alice offline');
    expect(here.lastSeen.get('alice')).toBeGreaterThanOrEqual(diedAt - 5);
    expect(here.lastSeen.get('alice')).toBeLessThanOrEqual(Date.now() - leaseMs + 5);
    expect(here.lastSeen.get('alice')).toBe(there.lastSeen.get('alice'));
    expect(here.told.filter((what) => what.startsWith('alice'))).toEqual(['alice online', 'alice offline']);
    expect(here.told).not.toContain('bob offline');
  });

  it('that needs no events of keys: a Redis may refuse to be configured', async () => {
    await admin(
      ['CONFIG', 'SET', 'notify-keyspace-events', ''],
      ['ACL', 'SETUSER', 'guest', 'on', '>secret', '~*', '&presence:*', '&beat:*', '+@all', '-config'],
    );
    const guest = 'guest:secret@';
    const [dying, here] = [await joinByProxy(guest), await joinByProxy(guest)];
    dying.presence.renew('alice', 'phone');
    await told(here, 'alice online');
    dying.proxy.cut();
    await told(here, 'alice offline');
  });

  it('a Redis that comes back empty learns who is online, and nobody is told to have gone meanwhile', async () => {
    const [here, there, dying] = [await join(), await join(), await joinByProxy()];
    connect(here, 'alice');
    connect(dying, 'carol');
    await told(there, 'alice online');
    await told(there, 'carol online');
    await redis.kill();
    dying.proxy.cut();
    await redis.restart();
    // Whoever did not come back is found by those who are told.
    await told(there, 'carol offline');
    await vi.waitFor(async () => expect(await stateOf(await join(), 'alice')).toBe('online'), patience);
    expect(here.told.concat(there.told)).not.toContain('alice offline');
    connect(here, 'bob');
    await told(there, 'bob online');
  });

  it('while Redis is away an instance answers from its own leases and what it heard last', async () => {
    const [here, there] = [await join(), await join()];
    connect(here, 'alice');
    connect(there, 'bob');
    await told(here, 'bob online');
    await redis.kill();
    connect(here, 'dave');
    here.presence.renew('erin', 'phone');
    here.presence.release('erin', 'phone');
    await told(here, 'dave online');
    await told(here, 'erin offline');
    const found = await here.presence.lookup(['alice', 'bob', 'dave', 'erin', 'stranger']);
    expect([...found.values()].map(({ state }) => state)).toEqual(['online', 'online', 'online', 'offline', 'offline']);
    await redis.restart();
    await told(there, 'dave online');
  });

  it('a Redis that is frozen for less than a lease changes nothing, and keeps nobody waiting', async () => {
    const [here, there] = [await join(), await join()];
    connect(here, 'alice');
    connect(there, 'bob');
    await told(here, 'bob online');
    redis.signal('SIGSTOP');
    try {
      expect(await stateOf(here, 'bob')).toBe('online');
      expect(await stateOf(there, 'alice')).toBe('online');
    } finally {
      redis.signal('SIGCONT');
    }
    connect(here, 'dave');
    await told(there, 'dave online');
    expect(here.told.concat(there.told).filter((what) => what.endsWith('offline'))).toEqual([]);
  });

  it('an instance that was cut off learns afterwards who came and who went meanwhile', async () => {
    const [here, there] = [await join(), await joinByProxy()];
    connect(here, 'bob');
    here.presence.renew('alice', 'phone');
    await told(there, 'alice online');
    there.proxy.cut();
    here.presence.release('alice', 'phone');
    await told(here, 'alice offline');
    connect(here, 'carol');
    await vi.waitFor(async () => expect(await stateOf(await join(), 'carol')).toBe('online'), patience);
    there.proxy.relent();
    await told(there, 'carol online');
    await told(there, 'alice offline');
    expect(there.told).not.toContain('bob offline');
  });

  it('heals after CLIENT KILL of all connections, and after SCRIPT FLUSH', async () => {
    const [here, there] = [await join(), await join()];
    connect(here, 'alice');
    await told(there, 'alice online');
    await admin(['CLIENT', 'KILL', 'TYPE', 'pubsub'], ['SCRIPT', 'FLUSH'], ['CLIENT', 'KILL', 'TYPE', 'normal']);
    connect(here, 'bob');
    await told(there, 'bob online');
    here.presence.release('bob', 'phone');
    expect(here.told.concat(there.told)).not.toContain('alice offline');
  });
});
