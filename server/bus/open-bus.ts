import type { Bus } from './bus.ts';
import { LocalBus } from './local-bus.ts';
import { RedisBus, type RedisBusOptions } from './redis-bus.ts';

/** With a Redis, the instances that share it hear each other; without, this instance is alone. */
export function createBus(redisUrl: string | undefined, options: Omit<RedisBusOptions, 'url'>): Bus {
  return redisUrl === undefined ? new LocalBus() : new RedisBus({ ...options, url: redisUrl });
}
