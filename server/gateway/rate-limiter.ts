import { RecentMap } from '../recent-map.ts';

/** Users whose buckets are remembered; the one idle longest is forgotten first, and starts again with a full one. */
const remembered = 100_000;
/** A burst: so many seconds' worth at once. */
const burstSeconds = 5;

type Bucket = { tokens: number; at: number };

/** A token bucket a user. One token is one message. */
export class RateLimiter {
  readonly #perSecond: number;
  readonly #now: () => number;
  readonly #buckets = new RecentMap<string, Bucket>(remembered);

  /** `perSecond` 0 = no limit. */
  constructor(perSecond: number, now: () => number) {
    this.#perSecond = perSecond;
    this.#now = now;
  }

  /** Takes `cost` tokens. Answers 0 where they were there, else in how many ms they will be. */
  take(user: string, cost: number): number {
    if (this.#perSecond === 0 || cost === 0) return 0;
    const bucket = this.#refilled(user);
    if (bucket.tokens < cost) return Math.ceil(((cost - bucket.tokens) / this.#perSecond) * 1_000);
    bucket.tokens -= cost;
    return 0;
  }

  #refilled(user: string): Bucket {
    const now = this.#now();
    const full = this.#perSecond * burstSeconds;
    const known = this.#buckets.get(user);
    // A clock that was set back refills nothing and takes nothing.
    const passed = known === undefined ? 0 : Math.max(0, now - known.at);
    const tokens = known === undefined ? full : Math.min(full, known.tokens + (passed / 1_000) * this.#perSecond);
    const bucket = { tokens, at: now };
    this.#buckets.set(user, bucket);
    return bucket;
  }
}
