import type { DefaultEventsMap, Socket } from 'socket.io';
import type { ServerEvents } from '../../protocol/events.ts';
import type { Grant } from '../auth/access.ts';
import type { Identity } from '../auth/identity.ts';
import type { Backlog } from './backlog.ts';

// Client events go through one dispatcher that takes any name, so they are not typed here but by their schemas.
export type ServerSocket = Socket<DefaultEventsMap, ServerEvents, DefaultEventsMap, SessionData>;
export type SessionData = { session: Session };

/** One authenticated connection. */
export type Session = {
  readonly id: string;
  readonly socket: ServerSocket;
  identity: Identity;
  /** What this user may do, looked up once: a promise while the look-up is under way. */
  readonly grants: Map<string, Grant | Promise<Grant>>;
  /** Commands under way. */
  inFlight: number;
  /** It has sent a heartbeat, so their absence will mean something. */
  beats: boolean;
  readonly backlog: Backlog;
  /** Runs when the token ends. */
  expiry: NodeJS.Timeout | undefined;
};

/** The Socket.IO group of a channel's joined sockets. */
export function roomOf(channel: string): string {
  return `channel:${channel}`;
}
