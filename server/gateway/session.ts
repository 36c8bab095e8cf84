import type { DefaultEventsMap, Socket } from 'socket.io';
import type { ServerEvents } from '../../protocol/events.ts';
import type { Caller } from '../auth/caller.ts';
import type { Identity } from '../auth/identity.ts';
import { addressOf } from './address.ts';

// Client events go through one dispatcher that takes any name, so they are not typed here but by their schemas.
export type ServerSocket = Socket<DefaultEventsMap, ServerEvents, DefaultEventsMap, SessionData>;
export type SessionData = { session: Session };

/** One authenticated connection. */
export interface Session extends Caller {
  readonly id: string;
  readonly socket: ServerSocket;
  /** Of the client, for limits. */
  readonly address: string;
  identity: Identity;
  /** This instance hears of changes to the user's rights. */
  listening: boolean;
  /** Grows with each of them. */
  rightsChanged: number;
  /** Channels that the server is about to join the connection to. */
  readonly invitations: Set<string>;
  /** Commands under way. */
  inFlight: number;
  /** It has sent a heartbeat, so their absence will mean something. */
  beats: boolean;
  /** Runs when the token ends. */
  expiry: NodeJS.Timeout | undefined;
}

export type SessionParts = {
  /** How far the channel is delivered here; undefined where nothing of it is heard. */
  head: (channel: string) => number | undefined;
  hidden: (session: Session) => ReturnType<Caller['hidden']>;
};

export function createSession(socket: ServerSocket, identity: Identity, { head, hidden }: SessionParts): Session {
  const session: Session = {
    id: socket.id,
    socket,
    address: addressOf(socket.handshake.headers, socket.handshake.address),
    identity,
    grants: new Map(),
    turns: new Map(),
    follows: (channel) => session.listening && hasJoined(session, channel) && head(channel) !== undefined,
    hidden: () => hidden(session),
    listening: false,
    rightsChanged: 0,
    invitations: new Set(),
    inFlight: 0,
    beats: false,
    expiry: undefined,
  };
  return session;
}

const roomPrefix = 'channel:';

/** The Socket.IO group of a channel's joined sockets. */
export function roomOf(channel: string): string {
  return roomPrefix + channel;
}

/** The other way round; undefined for every other group. */
export function channelOf(room: string): string | undefined {
  return room.startsWith(roomPrefix) ? room.slice(roomPrefix.length) : undefined;
}

export function hasJoined({ socket }: Session, channel: string): boolean {
  return socket.rooms.has(roomOf(channel));
}

export function channelsJoined({ socket }: Session): string[] {
  return [...socket.rooms].map(channelOf).filter((channel) => channel !== undefined);
}
