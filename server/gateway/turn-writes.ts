import { type Encoded, encodeAnswer } from './frame.ts';
import type { ServerSocket } from './session.ts';

/** What Engine.IO's connections have and its types hide. */
interface Conn {
  flush(): void;
  readonly readyState: string;
  readonly upgrading: boolean;
  readonly writeBuffer: { readonly length: number };
  readonly transport: { readonly writable: boolean; readonly socket?: WebSocket };
}
/** Of the WebSocket library, likewise; absent with long-polling, whose answer is one write anyway. */
type WebSocket = { readonly readyState: number; readonly _socket?: Network | null };
type Network = { readonly writableLength: number; cork(): void; uncork(): void; write(frame: Buffer): void };

const isOpen = 1;

/**
 * One write a connection and turn of the event loop. A write to the network costs the same for one frame as for ten, and is
 * most of what a busy server does: so everything that a turn brings for a connection (entries of several channels, the
 * answers to its own messages) leaves together at the turn's end. A quiet server's turn ends at once.
 */
export class TurnWrites {
  /** The frames that go past Engine.IO, before what waits in it. */
  #waiting = new Map<Conn, Buffer[]>();
  readonly #later: (this: Conn) => void;
  readonly #answer: (this: ServerSocket, id: number) => (body: unknown) => void;

  constructor() {
    const add = (conn: Conn) => void this.#framesOf(conn);
    // One function for all connections: ten thousand idle ones must not pay for theirs.
    this.#later = function later() {
      // Who closes waits for what is in the buffer, and a change of transport closes right behind its flush.
      if (this.readyState === 'closing') flush(this);
      else add(this);
    };
    const send = (conn: ServerSocket['conn'], answer: Encoded) => this.send(conn, answer);
    // In the place of Socket.IO's, which makes an answer as a packet with a list of arguments in which binary data might be.
    this.#answer = function ack(id) {
      let isAnswered = false;
      return (body) => {
        if (isAnswered) return;
        isAnswered = true;
        send(this.conn, encodeAnswer(id, body));
      };
    };
  }

  /** From now on, what this connection is given leaves at the end of the turn, its answers like its events. */
  gather(socket: ServerSocket): void {
    const conn: object = socket.conn;
    if (isConn(conn)) conn.flush = this.#later;
    Object.assign(socket, { ack: this.#answer });
  }

  /**
   * To a connection whose network takes everything at once the frame goes as it is, which spares it the way through three
   * libraries. To any other it goes through Engine.IO, where it waits and is counted.
   */
  send(conn: ServerSocket['conn'], { packet, options }: Encoded): void {
    const known: object = conn;
    if (isConn(known) && takesAtOnce(known)) this.#framesOf(known).push(options.wsPreEncodedFrame[0]);
    else conn.write(packet, options);
  }

  #framesOf(conn: Conn): Buffer[] {
    const present = this.#waiting.get(conn);
    if (present !== undefined) return present;
    const frames: Buffer[] = [];
    this.#waiting.set(conn, frames);
    if (this.#waiting.size === 1) setImmediate(() => this.#endOfTurn());
    return frames;
  }

  #endOfTurn(): void {
    const waiting = this.#waiting;
    this.#waiting = new Map();
    for (const [conn, frames] of waiting) leave(conn, frames);
  }
}

function leave(conn: Conn, frames: readonly Buffer[]): void {
  const { socket } = conn.transport;
  const network = socket?.readyState === isOpen ? socket._socket : undefined;
  const [first] = frames;
  const more = conn.writeBuffer.length > 0;
  if (more) network?.cork();
  // Where the connection has ended meanwhile its reader comes back for them. Each piece that is handed to the network costs
  // more than to copy a few small ones into one.
  if (first !== undefined) network?.write(frames.length === 1 ? first : Buffer.concat(frames));
  if (!more) return;
  flush(conn);
  network?.uncork();
}

/** Nothing of earlier turns waits anywhere on its way. */
function takesAtOnce({ readyState, upgrading, transport }: Conn): boolean {
  const { writable, socket } = transport;
  return (
    readyState === 'open' &&
    !upgrading &&
    writable &&
    socket?.readyState === isOpen &&
    socket._socket?.writableLength === 0
  );
}

/** Engine.IO's own, which stands behind the connection's. */
function flush(conn: Conn): void {
  const prototype: unknown = Object.getPrototypeOf(conn);
  if (isConn(prototype)) prototype.flush.call(conn);
}

function isConn(value: unknown): value is Conn {
  return typeof value === 'object' && value !== null && 'flush' in value && typeof value.flush === 'function';
}
