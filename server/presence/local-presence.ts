import type { Presence } from '../../protocol/entities.ts';
import { LastKnown } from './last-known.ts';
import { Leases } from './leases.ts';
import type { PresenceHandlers, PresenceRegistry } from './presence.ts';

export type LocalPresenceOptions = { leaseMs: number; now?: () => number };

/** For an instance that is alone: whoever is online is connected here. */
export class LocalPresence implements PresenceRegistry {
  readonly #leaseMs: number;
  readonly #now: () => number;
  readonly #leases: Leases;
  readonly #known = new LastKnown();
  #handlers: PresenceHandlers | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: LocalPresenceOptions) {
    this.#leaseMs = options.leaseMs;
    this.#now = options.now ?? Date.now;
    this.#leases = new Leases(options.leaseMs);
  }

  async start(handlers: PresenceHandlers): Promise<void> {
    this.#handlers = handlers;
    this.#timer = setInterval(() => this.#expire(), this.#leaseMs / 30);
  }

  renew(user: string, connection: string): void {
    this.#leases.renew(user, connection);
    if (this.#known.came(user)) this.#handlers?.changed(user, { state: 'online' });
  }

  release(user: string, connection: string): void {
    this.#end(user, connection, this.#now());
  }

  async lookup(users: readonly string[]): Promise<Map<string, Presence>> {
    return this.heard(users);
  }

  heard(users: readonly string[]): Map<string, Presence> {
    return new Map(users.map((user) => [user, this.#known.of(user)]));
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#handlers = undefined;
  }

  #expire(): void {
    for (const { user, connection } of this.#leases.ended()) {
      // Seen when the lease was last renewed, not when somebody noticed that it was not.
      this.#end(user, connection, this.#now() - this.#leaseMs);
      this.#handlers?.expired?.(user, connection);
    }
  }

  #end(user: string, connection: string, lastSeen: number): void {
    if (!this.#leases.release(user, connection) || this.#leases.count(user) > 0) return;
    if (this.#known.went(user, lastSeen)) this.#handlers?.changed(user, { state: 'offline', lastSeen });
  }
}
