import type { Bus } from './bus.ts';
import { LocalBus } from './local-bus.ts';
import { RedisBus, type RedisBusOptions } from './redis-bus.ts';
import type { RedisPlace } from './redis-link.ts';

/** With a Redis, the instances that share it hear each other; without, this instance is alone. */
export function createBus(redis: RedisPlace | undefined, options: Omit<RedisBusOptions, 'redis'>): Bus {
  return redis === undefined ? new LocalBus() : new RedisBus({ ...options, redis });
}
