import type { Redis } from 'ioredis';
import { within } from '../bus/redis-link.ts';
import { type Call, runScript } from '../bus/redis-script.ts';
import { type Lease, nameOf } from './leases.ts';
import type { PresenceKeys } from './presence-keys.ts';
import { releaseScript, renewScript } from './presence-scripts.ts';

const leaseWriterDefaults = Object.freeze({
  timeoutMs: 3_000,
  /** Leases in one pipeline. */
  batch: 1_000,
  /** Releases that wait while Redis is away; more end by themselves, a lease later. */
  maxReleases: 20_000,
});

type Release = Lease & { idleMs: number };

export type LeaseWriterOptions = {
  keys: PresenceKeys;
  leaseMs: number;
  /** The connection, while there is one that works. */
  client: () => Redis | undefined;
  /** How many leases the user has, on all instances. */
  renewed: (user: string, leases: number) => void;
  failed: (client: Redis, error: unknown) => void;
};

/**
 * Brings what became of the leases to Redis, in batches: of each lease only the latest, renewals before releases, so that a
 * user who reloads the page is not offline in between. What could not be written waits for the next flush.
 */
export class LeaseWriter {
  readonly #options: LeaseWriterOptions;
  readonly #renewals = new Map<string, Lease>();
  readonly #releases = new Map<string, Release>();
  #underWay = Promise.resolve();
  #next: Promise<void> | undefined;
  #soon: NodeJS.Immediate | undefined;

  constructor(options: LeaseWriterOptions) {
    this.#options = options;
  }

  renew(lease: Lease): void {
    const name = nameOf(lease.user, lease.connection);
    this.#releases.delete(name);
    this.#renewals.set(name, lease);
  }

  release(lease: Lease, idleMs: number): void {
    const name = nameOf(lease.user, lease.connection);
    this.#renewals.delete(name);
    this.#releases.set(name, { ...lease, idleMs });
    if (this.#releases.size <= leaseWriterDefaults.maxReleases) return;
    const [oldest] = this.#releases.keys();
    if (oldest !== undefined) this.#releases.delete(oldest);
  }

  /** Those that Redis does not know of yet. */
  releases(): Iterable<Release> {
    return this.#releases.values();
  }

  /** At the end of this turn of the event loop, for what others should see at once. */
  flushSoon(): void {
    this.#soon ??= setImmediate(() => {
      this.#soon = undefined;
      void this.flush();
    });
  }

  /** Resolves when everything up to now has been written, or could not be. Never rejects. */
  flush(): Promise<void> {
    // At most one waits for the write under way.
    this.#next ??= this.#underWay.then(() => {
      this.#next = undefined;
      this.#underWay = this.#flush();
      return this.#underWay;
    });
    return this.#next;
  }

  async #flush(): Promise<void> {
    if (this.#options.client() === undefined) return;
    const renewals = takeAll(this.#renewals);
    const releases = takeAll(this.#releases);
    while (renewals.length > 0 || releases.length > 0) {
      const client = this.#options.client();
      const some = renewals.splice(0, leaseWriterDefaults.batch);
      const ended = renewals.length > 0 ? [] : releases.splice(0, leaseWriterDefaults.batch);
      try {
        if (client === undefined) throw new Error('not connected');
        await within(leaseWriterDefaults.timeoutMs, this.#write(client, some, ended));
      } catch (error) {
        this.#putBack(some.concat(renewals), ended.concat(releases));
        if (client !== undefined) this.#options.failed(client, error);
        return;
      }
    }
  }

  async #write(client: Redis, renewals: readonly Lease[], releases: readonly Release[]): Promise<void> {
    const { leaseMs } = this.#options;
    // On one connection, so Redis runs them in this order.
    const [counts] = await Promise.all([
      runScript(
        client,
        renewScript,
        renewals.map((lease) => this.#call(lease, leaseMs)),
      ),
      runScript(
        client,
        releaseScript,
        releases.map((lease) => this.#call(lease, lease.idleMs)),
      ),
    ]);
    renewals.forEach(({ user }, i) => {
      const count = counts[i];
      if (typeof count === 'number') this.#options.renewed(user, count);
    });
  }

  #call({ user, connection }: Lease, ms: number): Call {
    const { keys } = this.#options;
    return { keys: [keys.leases(user), keys.due(keys.bucketOf(user))], args: [user, connection, ms, keys.changes] };
  }

  /** Only what nothing newer was said of. */
  #putBack(renewals: readonly Lease[], releases: readonly Release[]): void {
    const isLatest = ({ user, connection }: Lease) => {
      const name = nameOf(user, connection);
      return !this.#renewals.has(name) && !this.#releases.has(name);
    };
    for (const lease of renewals) if (isLatest(lease)) this.renew(lease);
    for (const lease of releases) if (isLatest(lease)) this.release(lease, lease.idleMs);
  }
}

function takeAll<Item>(items: Map<string, Item>): Item[] {
  const all = [...items.values()];
  items.clear();
  return all;
}
