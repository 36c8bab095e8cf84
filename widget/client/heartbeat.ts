import { limits } from '../../protocol/limits.ts';
import type { Connection } from './connection.ts';

export type HeartbeatOptions = {
  connection: Connection;
  /** The seq up to which each joined channel is held. */
  heads(): { [channel: string]: number };
  /** The server's head of a channel is another. */
  onOtherHead(channel: string, head: number): void;
};

export interface Heartbeat {
  /** Beats now, unless a beat is under way. */
  beat(): void;
  stop(): void;
}

/**
 * Tells the server every few seconds that the user is there and what is held, and hears what is missing: the net under
 * every delivery that was lost without a trace. A beat that is not answered means that the connection is dead, however
 * open its socket looks.
 */
export function startHeartbeat({ connection, heads, onOtherHead }: HeartbeatOptions): Heartbeat {
  let underWay = false;
  const beat = async () => {
    if (underWay || connection.state.value.name !== 'online') return;
    underWay = true;
    const answer = await connection.request('heartbeat', { heads: heads() });
    underWay = false;
    if (answer.ok) {
      connection.proven();
      for (const [channel, head] of Object.entries(answer.heads)) onOtherHead(channel, head);
    } else if (answer.error.code === 'no_answer') {
      connection.abandon();
    }
  };
  const timer = setInterval(beat, limits.heartbeatIntervalMs);
  return { beat, stop: () => clearInterval(timer) };
}
