import type { Channel, Entry, Presence, Receipts, Role } from './entities.ts';
import type { ByeCode } from './errors.ts';

/** A member's presence; `name` and `role` come with a member whom the receiver may not know yet. */
export type PresenceChange = Presence & { name?: string; role?: Role; picture?: string };

/** The server's events. */
export type ServerEvents = {
  /** In order, to every joined socket, the sender's included. */
  entries: (event: { channel: string; entries: Entry[] }) => void;
  receipts: (event: { channel: string; receipts: Receipts }) => void;
  presence: (event: { channel: string; members: { [user: string]: PresenceChange } }) => void;
  typing: (event: { channel: string; user: string; on: boolean }) => void;
  channel: (event: { channel: Channel }) => void;
  /** Just before the server closes the connection. */
  bye: (event: { reason: string; code: ByeCode; reconnectTo?: string; retryAfterMs?: number }) => void;
};
