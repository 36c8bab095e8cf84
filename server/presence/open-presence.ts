import { limits } from '../../protocol/limits.ts';
import { LocalPresence } from './local-presence.ts';
import type { PresenceRegistry } from './presence.ts';
import { RedisPresence, type RedisPresenceOptions } from './redis-presence.ts';

/** With a Redis, the instances that share it know of each other's users; without, this instance is alone. */
export function createPresence(
  redisUrl: string | undefined,
  options: Omit<RedisPresenceOptions, 'url' | 'leaseMs'> & { leaseMs?: number },
): PresenceRegistry {
  const all = { leaseMs: limits.leaseMs, ...options };
  return redisUrl === undefined ? new LocalPresence(all) : new RedisPresence({ ...all, url: redisUrl });
}
