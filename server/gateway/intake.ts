import type { ServerSocket } from './session.ts';

/** Of one connection so many packets are read in each such time, which is far more than its allowance; the rest waits in its network. */
export const intake = Object.freeze({ packets: 200, everyMs: 50 });

type Conn = Pick<ServerSocket['conn'], 'on' | 'transport' | 'readyState'>;
/** What a WebSocket has, and Engine.IO's types hide. Long-polling brings one body at a time anyway. */
type Readable = { pause(): void; resume(): void };

/**
 * Stops reading from who brings packets faster than they are to be looked at. To refuse one costs little, but a network brings
 * a hundred thousand a second, and while those are refused nobody else is served.
 */
export class Intake {
  /** Of those who brought any lately, what has not flowed off yet. */
  readonly #brought = new Map<Conn, number>();
  readonly #counted: (this: Conn) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    const count = (conn: Conn) => this.#count(conn);
    // One function for all connections: ten thousand idle ones must not pay for theirs.
    this.#counted = function counted() {
      count(this);
    };
  }

  watch(conn: Conn): void {
    conn.on('packet', this.#counted);
  }

  #count(conn: Conn): void {
    const packets = (this.#brought.get(conn) ?? 0) + 1;
    this.#brought.set(conn, packets);
    // More may come of what was read already; each of them lengthens the pause.
    if (packets >= intake.packets) networkOf(conn)?.pause();
    this.#timer ??= setInterval(() => this.#flowOff(), intake.everyMs).unref();
  }

  #flowOff(): void {
    for (const [conn, packets] of this.#brought) {
      const left = packets - intake.packets;
      if (left >= 0 && left < intake.packets) networkOf(conn)?.resume();
      if (left > 0 && conn.readyState !== 'closed') this.#brought.set(conn, left);
      else this.#brought.delete(conn);
    }
    if (this.#brought.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

function networkOf({ transport }: Conn): Readable | undefined {
  const socket: unknown = Reflect.get(transport, 'socket');
  const isReadable = typeof socket === 'object' && socket !== null && 'pause' in socket && 'resume' in socket;
  return isReadable ? (socket as Readable) : undefined;
}
