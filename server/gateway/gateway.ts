import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { type DefaultEventsMap, Server } from 'socket.io';
import { WebSocketServer } from 'ws';
import type { Entry } from '../../protocol/entities.ts';
import { type ByeCode, byeCatalogue } from '../../protocol/errors.ts';
import type { ServerEvents } from '../../protocol/events.ts';
import { limits } from '../../protocol/limits.ts';
import type { Identity } from '../auth/identity.ts';
import type { ChannelEvent } from '../channels/hiding.ts';
import { ChatError } from '../chat-error.ts';
import type { Parts } from '../commands/command.ts';
import { commands } from '../commands/index.ts';
import { refusalFrom } from '../failures.ts';
import type { Metrics } from '../metrics.ts';
import { admitted } from './admission.ts';
import { Audience } from './audience.ts';
import { watchBacklog } from './backlog.ts';
import { Connections, endWithin } from './connections.ts';
import { type DispatchParts, dispatch } from './dispatch.ts';
import { endConnections } from './ending.ts';
import { watchExpiry } from './expiry.ts';
import type { HeldNews } from './held-news.ts';
import { forgetGrants, type Membership } from './membership.ts';
import type { Origins } from './origin.ts';
import type { Revalidation } from './revalidation.ts';
import { ConnectedSession, type ServerSocket, type Session, type SessionData, type SessionParts } from './session.ts';
import { TurnWrites } from './turn-writes.ts';

export type GatewayOptions = {
  http: HttpServer;
  /** Begins and ends with a slash. */
  basePath: string;
  origins: Origins;
  metrics: Metrics;
  parts: Parts;
};

/** A reader that does not even take its goodbye is cut off after this. */
const goodbyeMs = 3_000;
/** Connections closed at a time when the server goes, and the pause between, so that not all come back in one moment. */
const drainSlice = 200;
const drainPauseMs = 50;
/** They are asked to come back spread over so long, and this much longer for each of them. */
const comeBackMs = 1_000;
const comeBackEachMs = 1;

type ChatServer = Server<DefaultEventsMap, ServerEvents, DefaultEventsMap, SessionData>;

/** The Socket.IO edge: lets valid tokens in, hands their packets to `dispatch`, brings entries and events to the joined. */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #io: ChatServer;
  readonly #audience: Audience;
  readonly #turnWrites = new TurnWrites();
  readonly #sessionParts: SessionParts;
  /** Listeners of all connections, each of which is `this`. */
  readonly #received: (this: ServerSocket, name: string, ...args: unknown[]) => void;
  readonly #disconnected: (this: ServerSocket) => void;
  readonly #stopExpiry: () => void;
  #isClosing = false;

  constructor(options: GatewayOptions) {
    this.#options = options;
    const { basePath, http, metrics, origins, parts } = options;
    const dispatchParts: DispatchParts = { ...parts, metrics };
    this.#sessionParts = {
      head: (channel) => parts.feeds.head(channel),
      hidden: (session) => this.#audience.blocks.of(session),
    };
    this.#received = function received(name, ...args) {
      dispatch(dispatchParts, this.data.session, name, args);
    };
    const gone = ({ data }: ServerSocket) => this.#gone(data.session);
    this.#disconnected = function disconnected() {
      gone(this);
    };
    for (const where of ['handshake', ...Object.keys(commands)]) metrics.faults.inc({ where }, 0);
    const allowed = ({ headers }: IncomingMessage) => {
      const isAllowed = origins.allow(headers);
      if (!isAllowed) metrics.refused.inc({ code: 'forbidden' });
      return isAllowed;
    };
    this.#io = new Server(http, {
      path: `${basePath}socket.io/`,
      serveClient: false,
      maxHttpBufferSize: limits.frameBytes,
      connectTimeout: 5_000,
      // Engine.IO asks for an older one, and our override holds for this checkout only, not where the package is installed.
      wsEngine: WebSocketServer,
      cors: { origin: [...origins.listed] },
      // Refused by HTTP, clients come again by themselves; Socket.IO's own refusals they take for the last word.
      allowRequest: (request, decide) => decide(null, !this.#isClosing && allowed(request)),
    });
    const connections = new Connections(this.#io, parts.limiter);
    this.#io.use((socket, next) => {
      if (this.#isClosing) {
        socket.conn.close();
        return;
      }
      connections
        .admit(socket, () => this.#admit(socket))
        .then(
          () => next(),
          (error: unknown) => next(this.#refused(error)),
        );
    });
    this.#io.on('connection', (socket) => this.#connected(socket));
    this.#audience = new Audience({
      rooms: this.#io.of('/').adapter,
      parts,
      metrics,
      write: ({ socket }, event) => this.#turnWrites.send(socket.conn, event),
      dismiss: ({ socket }) => this.#bye(socket, 'removed'),
    });
    this.#stopExpiry = watchExpiry({
      sessions: this.#audience.sessions,
      now: parts.now,
      expired: ({ socket }) => this.#bye(socket, 'expired'),
    });
  }

  get membership(): Membership {
    return this.#audience.membership;
  }

  get heldNews(): HeldNews {
    return this.#audience.heldNews;
  }

  get revalidation(): Revalidation {
    return this.#audience.revalidation;
  }

  get connections(): number {
    return this.#audience.sessions.size;
  }

  /** Entries, to the local connections that have joined. */
  deliver(channel: string, entries: Entry[]): void {
    this.#audience.delivery.deliver(channel, entries);
  }

  /** Any other event, to the local connections that have joined, but not to the one whom it comes from. */
  tell(channel: string, event: ChannelEvent, from?: Session): void {
    if (event.name === 'channel') this.revalidation.told(event.payload.channel);
    this.#audience.delivery.tell(channel, event, from);
  }

  /** The session goes on as this identity until that one's end. */
  authenticated(session: Session, identity: Identity): void {
    // Gone while the token was looked at.
    if (!session.socket.connected) return;
    session.identity = identity;
    forgetGrants(session);
    void this.membership.recheck(session);
  }

  /** A connection whose heartbeats ended is dead, whatever its network says. One that never sent any is left to its network. */
  lapsed(id: string): void {
    const session = this.#audience.sessions.get(id);
    if (session?.beats !== true) return;
    this.#options.metrics.closed.inc({ code: 'lapsed' });
    session.socket.conn.close(true);
  }

  /** Says goodbye to everybody, in slices, and takes nobody in. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#stopExpiry();
    const sockets = [...this.#io.of('/').sockets.values()];
    const spreadMs = comeBackMs + comeBackEachMs * sockets.length;
    const closed: Promise<void>[] = [];
    for (let i = 0; i < sockets.length; i += drainSlice) {
      if (i > 0) await pauseOf(drainPauseMs);
      for (const socket of sockets.slice(i, i + drainSlice)) {
        closed.push(new Promise((resolve) => socket.conn.once('close', () => resolve())));
        this.#bye(socket, 'shutdown', Math.floor(Math.random() * spreadMs));
      }
    }
    // Socket.IO's close would throw away the goodbyes that are still on their way.
    await Promise.race([Promise.all(closed), pauseOf(goodbyeMs)]);
    await this.revalidation.stop();
    await endConnections(this.#options.http, () => this.#io.close());
  }

  async #admit(socket: ServerSocket): Promise<void> {
    const token: unknown = socket.handshake.auth.token;
    if (typeof token !== 'string') throw new ChatError('unauthorized', 'The handshake holds no token.');
    const { parts } = this.#options;
    const identity = await admitted(parts, socket.handshake, () => parts.tokens.verify(token));
    socket.data.session = new ConnectedSession(socket, identity, this.#sessionParts);
  }

  /** In the form that Socket.IO hands to the client. */
  #refused(error: unknown): Error {
    const { metrics, parts } = this.#options;
    const refusal = refusalFrom(error, 'handshake', { log: parts.log, metrics });
    metrics.refused.inc({ code: refusal.code });
    return Object.assign(new Error(refusal.message), { data: refusal.body });
  }

  #connected(socket: ServerSocket): void {
    const { parts } = this.#options;
    const { session } = socket.data;
    this.#turnWrites.gather(socket);
    watchBacklog(socket.conn, () => this.#tooSlow(socket));
    this.#audience.sessions.add(session);
    // Erased on another instance meanwhile, perhaps: those that have no connection of the user's are not told.
    parts.profiles.forget(session.identity.user);
    this.authenticated(session, session.identity);
    parts.presence.renew(session.identity.user, session.id);
    socket.onAny(this.#received);
    socket.on('disconnect', this.#disconnected);
  }

  #gone(session: Session): void {
    this.#audience.sessions.remove(session);
    this.#audience.blocks.forget(session);
    this.#options.parts.presence.release(session.identity.user, session.id);
  }

  /** It comes back with `since`. */
  #tooSlow(socket: ServerSocket): void {
    // Nothing more for it to read from here on, but its goodbye.
    for (const room of socket.rooms) void socket.leave(room);
    this.#bye(socket, 'slow_consumer');
  }

  #bye(socket: ServerSocket, code: ByeCode, retryAfterMs?: number): void {
    this.#options.metrics.closed.inc({ code });
    socket.emit('bye', {
      code,
      reason: byeCatalogue[code].reason,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
    // Socket.IO's own disconnect tells clients not to come back; a closed transport tells them to.
    if (!byeCatalogue[code].reconnect) return void socket.disconnect(true);
    endWithin(socket.conn, goodbyeMs);
  }
}

/** Holds no process that has nothing else to do. */
function pauseOf(ms: number): Promise<void> {
  return new Promise((over) => setTimeout(over, ms).unref());
}
