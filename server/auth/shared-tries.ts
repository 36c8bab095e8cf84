import type { Redis } from 'ioredis';
import { messageOf, RedisLink, type RedisPlace, within } from '../bus/redis-link.ts';
import { runScript, type Script, script } from '../bus/redis-script.ts';
import type { Log } from '../logger.ts';
import { triesAllowed } from './passcode-tries.ts';

/** A Redis that is frozen holds one try up for so long, and none after it. */
const timeoutMs = 1_000;

/** KEYS the windows; ARGV the window's length in ms, what is allowed in each. Counts in all of them and answers 0, or in none and answers how many ms to wait. */
const begin = script(`local wait = 0
for i, key in ipairs(KEYS) do
  if tonumber(redis.call('GET', key) or '0') >= tonumber(ARGV[i + 1]) then wait = math.max(wait, redis.call('PTTL', key), 1) end
end
if wait > 0 then return wait end
for _, key in ipairs(KEYS) do
  if redis.call('INCR', key) == 1 then redis.call('PEXPIRE', key, ARGV[1]) end
end
return 0`);

/** KEYS the windows. One that has ended meanwhile stays so. */
const takeBack = script(`for _, key in ipairs(KEYS) do
  if redis.call('EXISTS', key) == 1 then redis.call('DECR', key) end
end
return 0`);

/** Counts tries of passcodes over all instances: each try asks, because few are made and none may slip through. */
export class SharedTries {
  /** With one hash tag, so that one script may touch all of them in a Cluster. */
  readonly #prefix: string;
  readonly #link: RedisLink;
  readonly #log: Pick<Log, 'warn'>;

  constructor({ url, deployment }: RedisPlace, log: Pick<Log, 'warn'>) {
    this.#prefix = `tries:${deployment}:{passcode}`;
    this.#link = new RedisLink(url, 'meeting-chat-tries', { ready() {}, lost() {}, failed() {} });
    this.#log = log;
    this.#link.open();
  }

  /** In how many ms the try may be made: 0 = now, and it is counted; undefined where Redis does not say. Never rejects. */
  async begin(channel: string, user: string): Promise<number | undefined> {
    const { perChannel, perUser, windowMs } = triesAllowed;
    const waitMs = await this.#run(begin, channel, user, [windowMs, perUser, perChannel]);
    return typeof waitMs === 'number' ? waitMs : undefined;
  }

  /** Never rejects. */
  async takeBack(channel: string, user: string): Promise<void> {
    await this.#run(takeBack, channel, user, []);
  }

  close(): void {
    this.#link.close();
  }

  async #run(what: Script, channel: string, user: string, args: readonly number[]): Promise<unknown> {
    const client: Redis | undefined = this.#link.client;
    if (client === undefined) return undefined;
    const keys = [`${this.#prefix}:user:${user}`, `${this.#prefix}:channel:${channel}`];
    try {
      const [answer] = await within(timeoutMs, runScript(client, what, [{ keys, args }]));
      return answer;
    } catch (error) {
      this.#log.warn({ err: messageOf(error) }, 'tries of passcodes are not shared with the other instances right now');
      this.#link.reset(messageOf(error));
      return undefined;
    }
  }
}
