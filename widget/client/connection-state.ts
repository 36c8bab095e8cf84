/** Where a connection is. Exactly one of these holds at any time. */
export type ConnectionState =
  /** Nobody needs it. */
  | { name: 'closed' }
  | { name: 'connecting' }
  /** The server knows the user; requests are answered. */
  | { name: 'online' }
  /** Lost; the next attempt comes at `until` (ms since the epoch). `offline`: the browser says there is no network. */
  | { name: 'waiting'; until: number; offline: boolean }
  /** There is no good token. It is asked for again, with growing pauses. */
  | { name: 'unauthorized'; reason: 'missing' | 'refused' | 'expired' }
  /** The server told the user to leave; only the user comes back, by `retry()`. */
  | { name: 'removed' };
