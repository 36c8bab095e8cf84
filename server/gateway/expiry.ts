import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';

export type ExpiryOptions = {
  sessions: Sessions;
  now: () => number;
  /** Its token has ended. Told again as long as its connection is open. */
  expired: (session: Session) => void;
};

/** A session may outlive its token by so much. */
const everyMs = 500;

/**
 * Ends sessions with their tokens. One look at all of them: ten thousand take a tenth of a millisecond, and a timer each would
 * take a third of a kilobyte each. Answers how to stop.
 */
export function watchExpiry({ sessions, now, expired }: ExpiryOptions): () => void {
  const timer = setInterval(() => {
    const at = now();
    for (const session of sessions.all()) {
      // Closing is not done at once.
      if (session.identity.expiresAt <= at && session.socket.conn.readyState === 'open') expired(session);
    }
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
