import { limits } from '../../protocol/limits.ts';
import type { RedisPlace } from '../bus/redis-link.ts';
import { LocalPresence } from './local-presence.ts';
import type { PresenceRegistry } from './presence.ts';
import { RedisPresence, type RedisPresenceOptions } from './redis-presence.ts';

/** With a Redis, the instances that share it know of each other's users; without, this instance is alone. */
export function createPresence(
  redis: RedisPlace | undefined,
  options: Omit<RedisPresenceOptions, 'redis' | 'leaseMs'> & { leaseMs?: number },
): PresenceRegistry {
  const all = { leaseMs: limits.leaseMs, ...options };
  return redis === undefined ? new LocalPresence(all) : new RedisPresence({ ...all, redis });
}
