import type { ChainableCommander, Redis } from 'ioredis';
import { within } from '../bus/redis-link.ts';
import type { PresenceKeys } from './presence-keys.ts';

const timeoutMs = 1_500;

export type QuestionsOptions = {
  keys: PresenceKeys;
  /** The connection, while there is one that works. */
  client: () => Redis | undefined;
  failed: (client: Redis, error: unknown) => void;
};

/** Whether a user is online; undefined where Redis does not say, or was overtaken by an announcement about them. */
export type Answer = (user: string) => boolean | undefined;

/** What is asked of Redis on one connection, beside what it announces on another: the two have no order between them. */
export class Questions {
  readonly #options: QuestionsOptions;
  /** Who was announced while questions are under way, and as the how manieth. */
  readonly #heardAt = new Map<string, number>();
  #count = 0;
  #underWay = 0;

  constructor(options: QuestionsOptions) {
    this.#options = options;
  }

  /** There was an announcement about the user. */
  heard(user: string): void {
    if (this.#underWay > 0) this.#heardAt.set(user, ++this.#count);
  }

  /** Never rejects. */
  async ask(users: readonly string[]): Promise<Answer> {
    if (users.length === 0) return () => undefined;
    const answer = await this.#current((client) => onlineAmong(client, this.#options.keys, users));
    const asked = new Set(users);
    return (user) => (asked.has(user) ? answer?.(user) : undefined);
  }

  /** All who are online; none where Redis does not say. Never rejects. */
  async everyone(): Promise<string[]> {
    let users: string[] = [];
    const answer = await this.#current(async (client) => {
      users = await allOnline(client, this.#options.keys);
      return new Set(users);
    });
    return users.filter((user) => answer?.(user) === true);
  }

  async #current(read: (client: Redis) => Promise<Set<string>>): Promise<Answer | undefined> {
    const client = this.#options.client();
    if (client === undefined) return undefined;
    const began = this.#count;
    this.#underWay += 1;
    try {
      const online = await within(timeoutMs, read(client));
      const overtaken = new Set<string>();
      for (const [user, at] of this.#heardAt) if (at > began) overtaken.add(user);
      return (user) => (overtaken.has(user) ? undefined : online.has(user));
    } catch (error) {
      this.#options.failed(client, error);
      return undefined;
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) this.#heardAt.clear();
    }
  }
}

/** Those who have a lease that lives, by Redis's clock: one round trip, and one command a bucket, not one a user. */
async function onlineAmong(client: Redis, keys: PresenceKeys, users: readonly string[]): Promise<Set<string>> {
  const buckets = new Map<number, string[]>();
  for (const user of users) {
    const bucket = keys.bucketOf(user);
    const members = buckets.get(bucket);
    if (members === undefined) buckets.set(bucket, [user]);
    else members.push(user);
  }
  const pipeline = client.pipeline().time();
  for (const [bucket, members] of buckets) pipeline.zmscore(keys.due(bucket), ...members);
  const [time, ...ends] = await answersOf(pipeline);
  const now = millisOf(time);
  const lives = (end: unknown) => Number(end ?? 0) > now;
  return new Set([...buckets.values()].flatMap((members, b) => members.filter((_, i) => lives(ends[b]?.[i]))));
}

async function allOnline(client: Redis, keys: PresenceKeys): Promise<string[]> {
  const now = millisOf(await client.time());
  const pipeline = client.pipeline();
  for (const bucket of keys.buckets) pipeline.zrangebyscore(keys.due(bucket), now, '+inf');
  return (await answersOf(pipeline)).flat().map(String);
}

/** Each is a list, in what is asked here. */
async function answersOf(pipeline: ChainableCommander): Promise<unknown[][]> {
  const results = (await pipeline.exec()) ?? [];
  const failure = results.find(([error]) => error !== null)?.[0];
  if (failure) throw failure;
  return results.map(([, result]) => (Array.isArray(result) ? result : []));
}

/** Redis tells seconds and microseconds. */
function millisOf(time: readonly unknown[] | undefined): number {
  return Number(time?.[0]) * 1_000 + Number(time?.[1]) / 1_000;
}
