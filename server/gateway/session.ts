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
  /** Commands under way. */
  inFlight: number;
  /** It has sent a heartbeat, so their absence will mean something. */
  beats: boolean;
}

/** The same for all of them. */
export type SessionParts = {
  /** How far the channel is delivered here; undefined where nothing of it is heard. */
  head: (channel: string) => number | undefined;
  hidden: (session: Session) => ReturnType<Caller['hidden']>;
};

/** A class for its shared methods: ten thousand idle connections must not pay for functions of their own. */
export class ConnectedSession implements Session {
  readonly id: string;
  readonly socket: ServerSocket;
  readonly address: string;
  identity: Identity;
  readonly grants: Session['grants'] = new Map();
  readonly turns: Session['turns'] = new Map();
  listening = false;
  rightsChanged = 0;
  inFlight = 0;
  beats = false;
  readonly #parts: SessionParts;

  constructor(socket: ServerSocket, identity: Identity, parts: SessionParts) {
    this.id = socket.id;
    this.socket = socket;
    this.address = addressOf(socket.handshake.headers, socket.handshake.address);
    this.identity = identity;
    this.#parts = parts;
  }

  follows(channel: string): boolean {
    return this.listening && hasJoined(this, channel) && this.#parts.head(channel) !== undefined;
  }

  hidden(): ReturnType<Caller['hidden']> {
    return this.#parts.hidden(this);
  }
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
