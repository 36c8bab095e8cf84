import {
  createRemoteJWKSet,
  customFetch,
  type FetchImplementation,
  type JWKSCacheInput,
  jwksCache,
  jwtVerify,
} from 'jose';
import { ChatError } from '../chat-error.ts';
import type { Log } from '../logger.ts';
import { aheadMs, type ClaimsOf, claimsRequired, type TokenConfig } from './token-checks.ts';

/** None of them is a shared key's: a token never chooses how it is verified. */
const publicKeyAlgorithms = ['RS256', 'ES256', 'EdDSA'];

/** A token by an unknown key makes the key set be fetched again, at most this often: soon enough for a rotation, no lever for a flood. */
const jwksCooldownMs = 5_000;
/** One that could not be had is not asked for again before this, whoever comes: what struggles there must not be held down. */
const jwksPauseMs = 1_000;

/** What `fetch` says where there was no answer. */
const fetchFailed = 'fetch failed';

/** Verifies by the keys that lie at `JWKS_URL`; undefined where there is none. */
export function publicKeys(config: TokenConfig, log: Pick<Log, 'info' | 'warn'>): ClaimsOf | undefined {
  const { jwksUrl, jwtIssuer, jwtAudience } = config;
  if (jwksUrl === undefined) return undefined;
  // Read for its `uat` alone: when the keys were had last.
  const cache: JWKSCacheInput = {};
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    cooldownDuration: jwksCooldownMs,
    cacheMaxAge: 600_000,
    timeoutDuration: 5_000,
    [customFetch]: withPauses(jwksPauseMs),
    [jwksCache]: cache,
  });
  const options = {
    algorithms: publicKeyAlgorithms,
    requiredClaims: claimsRequired(config),
    clockTolerance: aheadMs / 1_000,
    ...(jwtIssuer === undefined ? {} : { issuer: jwtIssuer }),
    ...(jwtAudience === undefined ? {} : { audience: jwtAudience }),
  };
  // Said once, and not for each visitor who comes meanwhile; those whose key is known still get in.
  let away: { lastHad: number | undefined } | undefined;
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, options);
      if (away !== undefined && away.lastHad !== cache.uat) {
        log.info({}, 'the keys of JWKS_URL can be had again');
        away = undefined;
      }
      return payload;
    } catch (error) {
      if (!isOfKeySet(error)) throw error;
      if (away === undefined)
        log.warn({ err: error }, 'the keys of JWKS_URL cannot be had: nobody whose token needs one gets in');
      away ??= { lastHad: cache.uat };
      throw new ChatError('unavailable', 'The keys that tokens are verified with cannot be fetched right now.', {
        retryAfterMs: 2_000,
        cause: error,
      });
    }
  };
}

/** The key set could not be had, or is none: no verdict on the token. (An unknown `kid` is one, and has another code.) */
function isOfKeySet(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return (
    code === 'ERR_JWKS_TIMEOUT' ||
    code === 'ERR_JWKS_INVALID' ||
    code === 'ERR_JOSE_GENERIC' ||
    (error instanceof TypeError && error.message === fetchFailed)
  );
}

/** Fetches, and fails at once for a while after each. */
function withPauses(pauseMs: number): FetchImplementation {
  let endedAt = Number.NEGATIVE_INFINITY;
  return async (url, options) => {
    if (performance.now() < endedAt + pauseMs) throw new TypeError(fetchFailed);
    try {
      return await fetch(url, options);
    } finally {
      endedAt = performance.now();
    }
  };
}
