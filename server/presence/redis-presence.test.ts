import { randomUUID } from 'node:crypto';
import { setTimeout as elapse } from 'node:timers/promises';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { withService } from '../../test/services/process.ts';
import { findRedis } from '../../test/services/redis.ts';
import { patience, presenceSuite, stateOf, watch } from './presence-suite.ts';
import { RedisPresence } from './redis-presence.ts';

const redis = await withService(findRedis);
afterAll(() => redis?.stop());

const log = { info: () => {}, warn: () => {} };
describe.runIf(redis)('over Redis', () => {
  const open = (leaseMs: number, deployment = 'tests') =>
    new RedisPresence({ redis: { url: redis?.url ?? '', deployment }, leaseMs, log });

  presenceSuite('the presence of instances that share a Redis', {
    open: (leaseMs) => open(leaseMs),
    connected: true,
    elapse,
  });

  it('who is online in one deployment is not online in another one, and stays when they go there', async () => {
    const [alice, bob] = [`alice-${randomUUID()}`, `bob-${randomUUID()}`];
    const [here, there] = [await watch(open(30_000)), await watch(open(30_000))];
    const [elsewhere, further] = [await watch(open(30_000, 'another')), await watch(open(30_000, 'another'))];
    here.presence.renew(alice, 'phone');
    await vi.waitFor(() => expect(there.told).toContain(`${alice} online`), patience);
    expect(await stateOf(further, alice)).toBe('offline');
    elsewhere.presence.renew(alice, 'phone');
    elsewhere.presence.release(alice, 'phone');
    elsewhere.presence.renew(bob, 'phone');
    await vi.waitFor(() => expect(further.told).toContain(`${bob} online`), patience);
    expect(await stateOf(there, alice)).toBe('online');
    expect(there.told.concat(here.told)).not.toContain(`${alice} offline`);
    expect(there.told.concat(here.told)).not.toContain(`${bob} online`);
    await Promise.all([here, there, elsewhere, further].map(({ presence }) => presence.close()));
  });
});
