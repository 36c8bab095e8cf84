/** What Engine.IO's connections have and its types hide. */
interface Conn {
  flush(): void;
  readonly readyState: string;
  readonly transport: { readonly socket?: { readonly _socket?: Network | null } };
}
type Network = { cork(): void; uncork(): void };

/**
 * One write a connection and turn of the event loop. A write to the network costs the same for one frame as for ten, and is
 * most of what a busy server does: so everything that a turn brings for a connection (entries of several channels, the
 * answers to its own messages) leaves together at the turn's end. A quiet server's turn ends at once.
 */
export class TurnWrites {
  #waiting = new Set<Conn>();
  readonly #later: (this: Conn) => void;

  constructor() {
    const add = (conn: Conn) => this.#add(conn);
    // One function for all connections: ten thousand idle ones must not pay for theirs.
    this.#later = function later() {
      // Who closes waits for what is in the buffer, and a change of transport closes right behind its flush.
      if (this.readyState === 'closing') flush(this);
      else add(this);
    };
  }

  /** From now on, what this connection is given leaves at the end of the turn, in the same order. */
  gather(conn: object): void {
    if (isConn(conn)) conn.flush = this.#later;
  }

  #add(conn: Conn): void {
    this.#waiting.add(conn);
    if (this.#waiting.size === 1) setImmediate(() => this.#endOfTurn());
  }

  #endOfTurn(): void {
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const conn of waiting) {
      // Absent with long-polling, whose answer is one write anyway.
      const network = conn.transport.socket?._socket;
      network?.cork();
      flush(conn);
      network?.uncork();
    }
  }
}

/** Engine.IO's own, which stands behind the connection's. */
function flush(conn: Conn): void {
  const prototype: unknown = Object.getPrototypeOf(conn);
  if (isConn(prototype)) prototype.flush.call(conn);
}

function isConn(value: unknown): value is Conn {
  return typeof value === 'object' && value !== null && 'flush' in value && typeof value.flush === 'function';
}
