import type { Presence } from '../../protocol/entities.ts';

export type PresenceHandlers = {
  /** A user came (their first lease) or went (their last lease ended), wherever in the cluster. Each at least once per instance. */
  changed: (user: string, presence: Presence) => void;
  /** A lease of this instance ended without a release: nothing was heard of the connection for `leaseMs`. */
  expired?: (user: string, connection: string) => void;
};

/**
 * Who is online: a lease per connection, renewed by its heartbeat. A user is online while any of their leases lives, on any
 * instance; the leases of an instance that dies end by themselves within `leaseMs`. Every implementation passes `presence-suite.ts`.
 */
export interface PresenceRegistry {
  start(handlers: PresenceHandlers): Promise<void>;
  /** Begins or renews a lease. Never throws, never waits; renewals are sent on in batches. */
  renew(user: string, connection: string): void;
  /** Ends a lease now. */
  release(user: string, connection: string): void;
  /** The present state; `lastSeen` only where this registry still knows it (the store knows the rest). One round trip for all. */
  lookup(users: readonly string[]): Promise<Map<string, Presence>>;
  /** The state as this instance has heard of it, without asking anyone: for an answer that must not wait. */
  heard(users: readonly string[]): Map<string, Presence>;
  close(): Promise<void>;
}
