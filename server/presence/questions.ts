import type { Redis } from 'ioredis';
import { within } from '../bus/redis-link.ts';
import { bucketOf, dueKey } from './presence-scripts.ts';

const timeoutMs = 1_500;

export type QuestionsOptions = {
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
    const client = this.#options.client();
    if (client === undefined || users.length === 0) return () => undefined;
    const began = this.#count;
    this.#underWay += 1;
    try {
      const online = await onlineAmong(client, users);
      const asked = new Set(users.filter((user) => (this.#heardAt.get(user) ?? 0) <= began));
      return (user) => (asked.has(user) ? online.has(user) : undefined);
    } catch (error) {
      this.#options.failed(client, error);
      return () => undefined;
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) this.#heardAt.clear();
    }
  }
}

/** Those who have a lease that lives, by Redis's clock: one round trip, and one command a bucket, not one a user. */
async function onlineAmong(client: Redis, users: readonly string[]): Promise<Set<string>> {
  const buckets = new Map<number, string[]>();
  for (const user of users) {
    const members = buckets.get(bucketOf(user));
    if (members === undefined) buckets.set(bucketOf(user), [user]);
    else members.push(user);
  }
  const pipeline = client.pipeline().time();
  for (const [bucket, members] of buckets) pipeline.zmscore(dueKey(bucket), ...members);
  const results = (await within(timeoutMs, pipeline.exec())) ?? [];
  const failure = results.find(([error]) => error !== null)?.[0];
  if (failure) throw failure;

  const [time, ...ends] = results.map(([, result]) => (Array.isArray(result) ? result : []));
  const now = Number(time?.[0]) * 1_000 + Number(time?.[1]) / 1_000;
  const lives = (end: unknown) => Number(end ?? 0) > now;
  return new Set([...buckets.values()].flatMap((members, b) => members.filter((_, i) => lives(ends[b]?.[i]))));
}
