import type { Presence } from '../../protocol/entities.ts';

/** Who is online as far as this instance has heard, and when the others were last seen. */
export class LastKnown {
  readonly #online = new Set<string>();
  readonly #lastSeen = new Map<string, number>();
  readonly #maxLastSeen: number;

  constructor(maxLastSeen = 50_000) {
    this.#maxLastSeen = maxLastSeen;
  }

  /** Whether that is new. */
  came(user: string): boolean {
    if (this.#online.has(user)) return false;
    this.#online.add(user);
    this.#lastSeen.delete(user);
    return true;
  }

  /** Whether that is new; it is of someone who was never heard of. */
  went(user: string, lastSeen: number): boolean {
    if (!this.#online.delete(user) && this.#lastSeen.has(user)) return false;
    this.#lastSeen.delete(user);
    this.#lastSeen.set(user, lastSeen);
    if (this.#lastSeen.size > this.#maxLastSeen) {
      // The store knows it too.
      const [oldest] = this.#lastSeen.keys();
      if (oldest !== undefined) this.#lastSeen.delete(oldest);
    }
    return true;
  }

  isOnline(user: string): boolean {
    return this.#online.has(user);
  }

  of(user: string): Presence {
    return this.#online.has(user) ? { state: 'online' } : this.offline(user);
  }

  /** As someone who is offline, with what is known of them. */
  offline(user: string): Presence {
    const lastSeen = this.#lastSeen.get(user);
    return lastSeen === undefined ? { state: 'offline' } : { state: 'offline', lastSeen };
  }

  online(): Iterable<string> {
    return this.#online.values();
  }
}
