import { spreadOver } from '../spread.ts';

/** Users are spread over so many buckets. All instances must agree on it. */
const bucketCount = 16;

/** What a deployment has in Redis of who is online. A bucket's keys share a hash tag, so that one script may touch them in a Cluster. */
export class PresenceKeys {
  /** Where the scripts tell every instance: `+user` came, `-lastSeen user` went. */
  readonly changes: string;
  readonly buckets: readonly number[] = Array.from({ length: bucketCount }, (_, bucket) => bucket);
  readonly #prefix: string;

  constructor(deployment: string) {
    this.#prefix = `presence:${deployment}`;
    this.changes = `${this.#prefix}:changes`;
  }

  bucketOf(user: string): number {
    return spreadOver(bucketCount, user);
  }

  /** The bucket's users, a sorted set user → end of their last lease: what has ended is found without looking at the rest. */
  due(bucket: number): string {
    return `${this.#prefix}:{${bucket}}:due`;
  }

  /** The user's leases, a sorted set connection → end, that itself ends with the last of them: it exists while they are online. */
  leases(user: string): string {
    return this.leasesIn(this.bucketOf(user)) + user;
  }

  /** What the keys of the leases of a bucket's users begin with. */
  leasesIn(bucket: number): string {
    return `${this.#prefix}:{${bucket}}:user:`;
  }

  /** The bucket of a key of leases; undefined for every other key, also that of another deployment. */
  bucketOfLeases(key: string): number | undefined {
    if (!key.startsWith(this.#prefix)) return undefined;
    const bucket = /^:\{(\d+)\}:user:/.exec(key.slice(this.#prefix.length))?.[1];
    return bucket === undefined ? undefined : Number(bucket);
  }
}
