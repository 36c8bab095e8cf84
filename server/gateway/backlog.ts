import type { ServerSocket } from './session.ts';

/** What was written to a connection and waits until its network takes more: characters of the packets, near enough to bytes. */
export type Backlog = { packets: number; chars: number };

/** Counts along; the answer changes as packets come and go. */
export function backlogOf(conn: ServerSocket['conn']): Backlog {
  const backlog: Backlog = { packets: 0, chars: 0 };
  conn.on('packetCreate', ({ data }: { data?: unknown }) => {
    backlog.packets += 1;
    if (typeof data === 'string') backlog.chars += data.length;
  });
  // Everything that waited is handed over at once; what comes then waits until the network has taken that.
  conn.on('flush', () => {
    backlog.packets = backlog.chars = 0;
  });
  return backlog;
}
