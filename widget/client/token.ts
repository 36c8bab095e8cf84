import { isObject } from './guards.ts';

/** What a client may read from its own token; only the server can say whether the token is good. */
export type TokenClaims = {
  /** The user id. */
  user: string;
  /** Milliseconds since the epoch. */
  expiresAt?: number;
};

/** The claims of a JWT, or `undefined` when it is not one. */
export function readToken(token: string): TokenClaims | undefined {
  const payload = token.split('.')[1];
  if (!payload) return undefined;
  try {
    const claims: unknown = JSON.parse(decodeBase64Url(payload));
    if (!isObject(claims) || typeof claims.sub !== 'string' || claims.sub === '') return undefined;
    return typeof claims.exp === 'number' ? { user: claims.sub, expiresAt: claims.exp * 1000 } : { user: claims.sub };
  } catch {
    return undefined;
  }
}

/** So long before it expires another token is asked for; of one that lives shorter, when half of its rest is over. */
const renewAheadMs = 60_000;
/** However near its end, the host page is not asked more often than this. */
const renewPauseMs = 1_000;
/** The longest time that a timer takes. */
const longestWaitMs = 2 ** 31 - 1;

/** When to ask for the next token; undefined for one that does not expire, or has. */
export function renewalWaitMs(token: string | undefined): number | undefined {
  const leftMs = (readToken(token ?? '')?.expiresAt ?? 0) - Date.now();
  if (leftMs <= 0) return undefined;
  return Math.min(longestWaitMs, Math.max(leftMs - renewAheadMs, leftMs / 2, renewPauseMs));
}

function decodeBase64Url(text: string): string {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  // atob gives one character a byte, but a name or an id in a token may be any UTF-8.
  return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}
