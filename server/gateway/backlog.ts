import type { ServerSocket } from './session.ts';

/** What may wait for one reader whose network takes nothing, and for how long it may take nothing, before that is too slow. */
export const backlogAtMost = Object.freeze({ packets: 2_000, chars: 400_000, stalledMs: 2_000 });

const elapsedMs = () => performance.now();

type Conn = Pick<ServerSocket['conn'], 'on' | 'transport'>;

/**
 * Watches what was written to a connection and waits until its network takes more, in characters: near enough to bytes. Calls
 * `slow` once, when that is too much and the reader has taken nothing of the last lot for a while. Size alone proves nothing:
 * one commit of long messages may be larger, and a healthy reader has it a moment later.
 */
export function watchBacklog(conn: Conn, slow: () => void, now = elapsedMs): void {
  let packets = 0;
  let chars = 0;
  let handedOverAt = now();
  let isSlow = false;
  // Everything that waited is handed over at once; what comes then waits until the network has taken that.
  conn.on('flush', () => {
    packets = chars = 0;
    handedOverAt = now();
  });
  conn.on('packetCreate', ({ data }: { data?: unknown }) => {
    packets += 1;
    if (typeof data === 'string') chars += data.length;
    if (isSlow || (packets < backlogAtMost.packets && chars < backlogAtMost.chars)) return;
    if (conn.transport.writable || now() - handedOverAt < backlogAtMost.stalledMs) return;
    isSlow = true;
    // Not in the middle of this packet's own way.
    setImmediate(slow);
  });
}
