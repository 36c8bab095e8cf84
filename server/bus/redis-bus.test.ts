import { afterAll, describe } from 'vitest';
import { withService } from '../../test/services/process.ts';
import { findRedis } from '../../test/services/redis.ts';
import { busSuite } from './bus-suite.ts';
import { RedisBus } from './redis-bus.ts';

const redis = await withService(findRedis);
afterAll(() => redis?.stop());

const log = { info: () => {}, warn: () => {} };
describe.skipIf(!redis)('over Redis', () => {
  busSuite('the bus of instances that share a Redis', () => new RedisBus({ url: redis?.url ?? '', log }), {
    connected: true,
  });
});
