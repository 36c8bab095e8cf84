export type Lease = { user: string; connection: string };

/** The leases of this instance's own connections. Time is elapsed time: a clock that is set must not end or prolong them. */
export class Leases {
  readonly #leaseMs: number;
  readonly #leases = new Map<string, Lease & { endsAt: number }>();
  readonly #counts = new Map<string, number>();

  constructor(leaseMs: number) {
    this.#leaseMs = leaseMs;
  }

  /** Whether it is a new one. */
  renew(user: string, connection: string): boolean {
    const name = nameOf(user, connection);
    const endsAt = performance.now() + this.#leaseMs;
    const present = this.#leases.get(name);
    // In its place: a heartbeat of each of ten thousand connections must leave nothing to be collected.
    if (present !== undefined) present.endsAt = endsAt;
    else {
      this.#leases.set(name, { user, connection, endsAt });
      this.#counts.set(user, this.count(user) + 1);
    }
    return present === undefined;
  }

  /** Whether there was one. */
  release(user: string, connection: string): boolean {
    if (!this.#leases.delete(nameOf(user, connection))) return false;
    const left = this.count(user) - 1;
    if (left === 0) this.#counts.delete(user);
    else this.#counts.set(user, left);
    return true;
  }

  count(user: string): number {
    return this.#counts.get(user) ?? 0;
  }

  *all(): Iterable<Lease> {
    for (const { user, connection } of this.#leases.values()) yield { user, connection };
  }

  /** Those that were not renewed in time; they are here until they are released. */
  ended(): Lease[] {
    const now = performance.now();
    return [...this.#leases.values()].filter(({ endsAt }) => endsAt <= now);
  }
}

/** A user's id has no space. */
export function nameOf(user: string, connection: string): string {
  return `${user} ${connection}`;
}
