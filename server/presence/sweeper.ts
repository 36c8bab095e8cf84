import type { Redis } from 'ioredis';
import { within } from '../bus/redis-link.ts';
import { runScript } from '../bus/redis-script.ts';
import type { PresenceKeys } from './presence-keys.ts';
import { sweepScript } from './presence-scripts.ts';

/** Redis's own word that a key has ended: sooner than the next sweep, where it is told. */
export const expiredPattern = '__keyevent@*__:expired';

const sweepTimeoutMs = 3_000;
/** Users that one script ends, so that it does not hold up Redis. */
const usersPerScript = 200;

export type SweeperOptions = {
  keys: PresenceKeys;
  leaseMs: number;
  client: () => Redis | undefined;
  failed: (client: Redis, error: unknown) => void;
};

/**
 * Ends the leases that nobody renews any more, those of dead instances: every eighth of a lease, and at once where Redis tells
 * of ended keys. All instances sweep; whoever comes first announces it.
 */
export class Sweeper {
  readonly #options: SweeperOptions;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  readonly #expired = new Set<number>();
  #open = false;

  constructor(options: SweeperOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Sweeps from then on. */
  open(afterMs: number): void {
    this.close();
    void this.#askForEvents();
    this.#timer = setTimeout(() => {
      this.#open = true;
      this.#next();
    }, afterMs);
  }

  close(): void {
    this.#open = false;
    clearTimeout(this.#timer);
    clearTimeout(this.#soon);
    this.#timer = undefined;
    this.#soon = undefined;
    this.#expired.clear();
  }

  /** A key of Redis has ended; it may be anybody's. */
  expired(key: string): void {
    const bucket = this.#open ? this.#options.keys.bucketOfLeases(key) : undefined;
    if (bucket === undefined) return;
    this.#expired.add(bucket);
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      const buckets = [...this.#expired];
      this.#expired.clear();
      void this.#sweep(buckets);
    }, 10);
  }

  /** Jitter keeps the instances apart, so that together they sweep more often than each of them. */
  #next(): void {
    const delayMs = (this.#options.leaseMs / 8) * (0.8 + 0.2 * Math.random());
    const timer = setTimeout(async () => {
      await this.#sweep(this.#options.keys.buckets);
      if (this.#timer === timer) this.#next();
    }, delayMs);
    this.#timer = timer;
  }

  async #sweep(buckets: readonly number[]): Promise<void> {
    const { keys, leaseMs } = this.#options;
    const client = this.#options.client();
    if (client === undefined || buckets.length === 0) return;
    const calls = buckets.map((bucket) => ({
      keys: [keys.due(bucket)],
      args: [leaseMs, usersPerScript, keys.leasesIn(bucket), keys.changes],
    }));
    try {
      const counts = await within(sweepTimeoutMs, runScript(client, sweepScript, calls));
      await this.#sweep(buckets.filter((_, i) => counts[i] === usersPerScript));
    } catch (error) {
      this.#options.failed(client, error);
    }
  }

  /** Where it is refused, as many hosted ones do, the sweeps do it alone. */
  async #askForEvents(): Promise<void> {
    const client = this.#options.client();
    try {
      const answer = await client?.config('GET', 'notify-keyspace-events');
      const flags = Array.isArray(answer) ? String(answer[1]) : '';
      const missing = ['E', 'x'].filter((flag) => !flags.includes(flag) && !(flag === 'x' && flags.includes('A')));
      if (missing.length > 0) await client?.config('SET', 'notify-keyspace-events', flags + missing.join(''));
    } catch {
      // Refused, or away; the latter is noticed by everything else.
    }
  }
}
