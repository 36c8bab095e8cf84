import type { Channel, Entry, Presence, ReceiptCounts, Receipts, Role } from './entities.ts';
import type { ByeCode } from './errors.ts';

/**
 * A member's presence. `name` and `role` come with a member whom the receiver may not know yet, and when an organizer
 * changed something; `removed` says that they are no member any more.
 */
export type PresenceChange = Presence & {
  name?: string;
  role?: Role;
  picture?: string;
  muted?: boolean;
  removed?: boolean;
};

/** The server's events. */
export type ServerEvents = {
  /** In order, to every joined socket, the sender's included. */
  entries: (event: { channel: string; entries: Entry[] }) => void;
  /** Watermarks that have risen; in a channel with more than `limits.membersListed` members counts instead. */
  receipts: (event: { channel: string; receipts: Receipts; counts?: ReceiptCounts }) => void;
  presence: (event: { channel: string; members: { [user: string]: PresenceChange } }) => void;
  typing: (event: { channel: string; user: string; on: boolean }) => void;
  /** It changed; or the server has joined the connection to it, and its `entries` follow. */
  channel: (event: { channel: Channel }) => void;
  /** To organizers alone: so many messages wait for them, as in the answer to `join`. */
  held: (event: { channel: string; count: number }) => void;
  /** To the writer alone: an organizer refused this message of theirs, which waited. Sent again it is `invalid`. */
  refused: (event: { channel: string; key: string }) => void;
  /** The server has taken the connection out of the channel: an organizer removed the user, or the channel was deleted. */
  left: (event: { channel: string; code: LeftCode }) => void;
  /** Just before the server closes the connection. */
  bye: (event: { reason: string; code: ByeCode; reconnectTo?: string; retryAfterMs?: number }) => void;
};

/** What an event carries. */
export type EventOf<Name extends keyof ServerEvents> = Parameters<ServerEvents[Name]>[0];
/** One of these events, with its name. */
export type NamedEvent<Name extends keyof ServerEvents> = {
  [Each in Name]: { name: Each; payload: EventOf<Each> };
}[Name];

export type LeftCode = 'removed' | 'deleted';
