import { setTimeout as elapse } from 'node:timers/promises';
import { afterAll, describe } from 'vitest';
import { withService } from '../../test/services/process.ts';
import { findRedis } from '../../test/services/redis.ts';
import { presenceSuite } from './presence-suite.ts';
import { RedisPresence } from './redis-presence.ts';

const redis = await withService(findRedis);
afterAll(() => redis?.stop());

const log = { info: () => {}, warn: () => {} };
describe.runIf(redis)('over Redis', () => {
  presenceSuite('the presence of instances that share a Redis', {
    open: (leaseMs) => new RedisPresence({ url: redis?.url ?? '', leaseMs, log }),
    connected: true,
    elapse,
  });
});
