import type { Server } from 'node:http';

const reapEveryMs = 100;
/** As long as a call to the store may take: who is answered at all is answered by then. */
const endWithinMs = 5_000;

/**
 * Closes by `close`, and lets go of the server's connections meanwhile. Node ends those that are idle at that instant: one whose
 * request is just being answered would then be kept alive, and one that never asks for anything would stay for ever.
 */
export async function endConnections(http: Server, close: () => Promise<void>): Promise<void> {
  const reaping = setInterval(() => http.closeIdleConnections(), reapEveryMs);
  const late = setTimeout(() => http.closeAllConnections(), endWithinMs);
  try {
    await close();
  } finally {
    clearInterval(reaping);
    clearTimeout(late);
  }
}
