import type { Entry } from '../../protocol/entities.ts';
import type { NamedEvent } from '../../protocol/events.ts';

/** A channel's topic, subscribed while someone local has joined it; a user's, while they have a local connection. */
export type Topic = `channel:${string}` | `user:${string}`;

/** What instances tell each other. Entries are durable and ordered by seq; everything else may be lost without harm. */
export type BusMessage =
  | { kind: 'entries'; channel: string; entries: Entry[] }
  /** Entries up to this seq are in the store, too many to send along. */
  | { kind: 'head'; channel: string; head: number }
  /** An event for the joined sockets of a channel, or for the sockets of a user. */
  | ({ kind: 'event' } & NamedEvent<'receipts' | 'presence' | 'typing' | 'channel' | 'refused'>)
  /** A user's rights in a channel changed: look them up again before the next thing they do. */
  | { kind: 'access'; channel: string; user: string }
  /** For a user's topic: they are no member of this channel any more, so their sockets leave it now. */
  | { kind: 'removed'; channel: string; user: string }
  /** For a channel's topic: it is no more, so all sockets leave it now. */
  | { kind: 'deleted'; channel: string }
  /** For a channel's topic: what waits there for its organizers is more or less than before, so they are told anew. */
  | { kind: 'held'; channel: string }
  /** For a user's topic: whom they have blocked is another list now. */
  | { kind: 'blocks'; user: string }
  /** For a user's topic: join their sockets to this channel and bring them what is in it after `since`. */
  | { kind: 'invited'; channel: string; since: number };

export type BusHandlers = {
  receive: (topic: Topic, message: BusMessage) => void;
  /** The bus was found to be away, or deaf: messages may have got lost for some seconds, and will. */
  lost?: () => void;
  /** The bus was away, or deaf: anything on any topic may have been missed since. */
  restored: () => void;
};

/**
 * Between instances: at most once, never between the log and its reader. What it loses is found by seq.
 * Every bus passes `bus-suite.ts`.
 */
export interface Bus {
  /** False while messages to or from other instances are known to get lost. */
  readonly up: boolean;
  /** Once, before anything else. */
  start(handlers: BusHandlers): Promise<void>;
  /** To the other instances that subscribe to the topic, in the order published; never to this one. Never throws, never waits. */
  publish(topic: Topic, message: BusMessage): void;
  /** Resolved: what others publish from now on is received, or the bus is down and `restored` will follow. Never rejects. */
  subscribe(topic: Topic): Promise<void>;
  unsubscribe(topic: Topic): void;
  close(): Promise<void>;
}
