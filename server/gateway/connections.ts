import { Socket } from 'node:net';
import type { DefaultEventsMap, Server } from 'socket.io';
import { ChatError } from '../chat-error.ts';
import { Intake } from './intake.ts';
import type { ServerSocket } from './session.ts';

/** Who does not take part in the end of their connection is cut off after this; the WebSocket library would wait 30 s. */
const farewellMs = 3_000;
const nothing = Object.freeze({});
/** Of a WebSocket, whose `readyState` this is when its network is closed too. */
const closed = 3;

type Conn = ServerSocket['conn'];
/** What Engine.IO's transport has and its types hide; absent with long-polling, which has no network of its own. */
type Network = { readonly readyState: number; terminate(): void };

/** Holds connections to what Socket.IO leaves open: one session each, none without one, and an end that is one. */
export class Connections {
  readonly #held = new WeakSet<Conn>();

  constructor(io: Pick<Server<DefaultEventsMap>, 'engine'>, { isOn: isLimited }: { isOn: boolean }) {
    const intake = new Intake();
    io.engine.on('connection', (conn: Conn) => {
      conn.on('close', cutOff);
      if (isLimited) intake.watch(conn);
    });
    // Long-polling answers hold messages, like those of the HTTP API.
    io.engine.on('headers', (headers: { [name: string]: string }) => {
      Object.assign(headers, { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    });
  }

  /**
   * To be called for each CONNECT; `admit` decides. Socket.IO takes any number of them at once on one connection, so that
   * one network could hold a thousand sessions.
   * @throws ChatError `conflict`, and what `admit` throws; then another may follow, with a new token
   */
  async admit(socket: ServerSocket, admit: () => Promise<void>): Promise<void> {
    const { conn } = socket;
    if (this.#held.has(conn)) throw new ChatError('conflict', 'The connection has a session.');
    this.#held.add(conn);
    try {
      await admit();
    } catch (error) {
      this.#held.delete(conn);
      throw error;
    }
    forgetHandshake(socket);
    // Nobody who has left the namespace may stay connected, counted and listening to nothing.
    socket.on('disconnect', closeWithNamespace);
  }
}

/** The first request and its token are of no more use, and ten thousand idle connections would hold ten thousand of them. */
function forgetHandshake({ conn, handshake }: ServerSocket): void {
  Object.assign(conn, { request: nothing });
  Object.assign(handshake, { headers: nothing, auth: nothing, query: nothing, time: '', url: '' });
}

function closeWithNamespace(this: ServerSocket, reason: string): void {
  if (reason === 'client namespace disconnect') this.conn.close();
}

/** Closes it, and cuts it off where it is not over within this. */
export function endWithin(conn: Conn, ms: number): void {
  const network = tcpOf(conn);
  // Engine.IO calls a WebSocket closed when it begins to close; this is the network's word.
  const over: { once(event: 'close', listener: () => void): void } = network ?? conn;
  const cutOff = setTimeout(() => {
    // Reset, so that the kernel, too, forgets what nobody reads.
    network?.resetAndDestroy();
    conn.close(true);
  }, ms);
  over.once('close', () => clearTimeout(cutOff));
  conn.close();
}

/** Of a WebSocket. Requests of long-polling may share theirs with those of others. */
function tcpOf(conn: Conn): Socket | undefined {
  const network: unknown = Reflect.get(networkOf(conn) ?? {}, '_socket');
  return network instanceof Socket ? network : undefined;
}

function cutOff(this: Conn): void {
  const network = networkOf(this);
  if (network === undefined || network.readyState === closed) return;
  setTimeout(() => network.terminate(), farewellMs).unref();
}

function networkOf({ transport }: { transport: object }): Network | undefined {
  if (!('socket' in transport)) return undefined;
  const { socket } = transport;
  const isNetwork = typeof socket === 'object' && socket !== null && 'terminate' in socket && 'readyState' in socket;
  return isNetwork ? (socket as Network) : undefined;
}
