/**
 * What became of a request that was refused. `retry` says what a client should do with it:
 * `never` with the same input, `later` after `retryAfterMs`, `reauthenticate` with a new token.
 */
export const errorCatalogue = Object.freeze({
  unauthorized: { status: 401, retry: 'reauthenticate', message: 'A valid token is needed.' },
  forbidden: { status: 403, retry: 'never', message: 'This is not allowed to you.' },
  not_found: { status: 404, retry: 'never', message: 'There is no such thing.' },
  invalid: { status: 400, retry: 'never', message: 'The request is not of the form that is asked for.' },
  too_large: { status: 413, retry: 'never', message: 'That is too long.' },
  rate_limited: { status: 429, retry: 'later', message: 'Too many requests; wait a little.' },
  conflict: { status: 409, retry: 'never', message: 'This does not fit the present state.' },
  closed: { status: 409, retry: 'never', message: 'The channel is closed.' },
  unavailable: { status: 503, retry: 'later', message: 'The server cannot do this right now.' },
} as const);

export type ErrorCode = keyof typeof errorCatalogue;

export type ErrorBody = { code: ErrorCode; message: string; retryAfterMs?: number };

/** Why the server closes a connection, and whether the client should come back by itself. */
export const byeCatalogue = Object.freeze({
  shutdown: { reconnect: true, reason: 'The server is restarting.' },
  moved: { reconnect: true, reason: 'Another instance takes over.' },
  slow_consumer: { reconnect: true, reason: 'The connection reads too slowly.' },
  expired: { reconnect: false, reason: 'The token has expired.' },
  removed: { reconnect: false, reason: 'You were removed.' },
} as const);

export type ByeCode = keyof typeof byeCatalogue;
