import { messageOf, RedisLink, type RedisPlace, within } from '../bus/redis-link.ts';
import { runScript, script } from '../bus/redis-script.ts';
import type { Log } from '../logger.ts';
import type { RateLimiter } from './rate-limiter.ts';

export type SharedSpendingOptions = {
  redis: RedisPlace;
  limiter: RateLimiter;
  log: Pick<Log, 'info' | 'warn'>;
  /** How often the instances compare, in ms. */
  everyMs?: number;
};

const defaultEveryMs = 1_000;
const timeoutMs = 2_000;
/** Names in one pipeline. */
const batch = 1_000;

/**
 * KEYS the name's bucket; ARGV spent, perSecond. The bucket is the moment, by Redis's clock, when all that was spent will
 * have drained; it ends by itself then. Answers what is in it now, in messages, as text: Redis would cut it to an integer.
 */
const spend = script(`local t = redis.call('TIME')
local now = t[1] * 1000 + t[2] / 1000
local empty = tonumber(redis.call('GET', KEYS[1]) or '0')
if empty < now then empty = now end
empty = empty + ARGV[1] / ARGV[2] * 1000
redis.call('SET', KEYS[1], string.format('%.3f', empty), 'PX', math.ceil(empty - now) + 1000)
return string.format('%.6f', (empty - now) / 1000 * ARGV[2])`);

/**
 * One allowance over all instances, without asking Redis for each message: every second each instance tells what was spent
 * with it, and learns what was spent in all. In between it goes by what it knows, so a user on n instances may spend up to
 * n bursts in the first second, and repays them by waiting. Without Redis each instance goes on by itself.
 */
class SharedSpending {
  readonly #options: SharedSpendingOptions;
  readonly #link: RedisLink;
  readonly #timer: NodeJS.Timeout;
  #telling: Promise<void> | undefined;

  constructor(options: SharedSpendingOptions) {
    this.#options = options;
    options.limiter.share();
    this.#link = new RedisLink(options.redis.url, 'meeting-chat-limits', { ready() {}, lost() {}, failed() {} });
    this.#link.open();
    this.#timer = setInterval(() => this.tell(), options.everyMs ?? defaultEveryMs);
    this.#timer.unref();
  }

  /** Tells and learns now. Never rejects. */
  tell(): Promise<void> {
    this.#telling ??= this.#tell().finally(() => {
      this.#telling = undefined;
    });
    return this.#telling;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#link.close();
  }

  async #tell(): Promise<void> {
    const { client } = this.#link;
    const spendings = this.#options.limiter.takeUntold();
    if (client === undefined) return;
    for (let i = 0; i < spendings.length; i += batch) {
      const some = spendings.slice(i, i + batch);
      const calls = some.map(({ name, spent, perSecond }) => ({
        keys: [`limit:${this.#options.redis.deployment}:{${name}}`],
        args: [spent, perSecond],
      }));
      try {
        const levels = await within(timeoutMs, runScript(client, spend, calls));
        some.forEach(({ name }, at) => {
          const level = Number(levels[at]);
          if (Number.isFinite(level)) this.#options.limiter.learn(name, level);
        });
      } catch (error) {
        // What was not told is forgiven: limits may be late, messages may not.
        this.#options.log.warn({ err: messageOf(error) }, 'limits are not shared with the other instances right now');
        return;
      }
    }
  }
}

/** Where there is a Redis, and a limit to share. */
export function shareSpending(
  { redis, rateLimit }: { redis: RedisPlace | undefined; rateLimit: number },
  parts: Pick<SharedSpendingOptions, 'limiter' | 'log'>,
): SharedSpending | undefined {
  return redis === undefined || rateLimit === 0 ? undefined : new SharedSpending({ ...parts, redis });
}
