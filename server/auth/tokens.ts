import fastifyJwt from '@fastify/jwt';
import type { FastifyInstance } from 'fastify';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { ChatError } from '../chat-error.ts';
import type { Config } from '../config.ts';
import type { Log } from '../logger.ts';
import { type Identity, identityOf } from './identity.ts';

/** A longer one is refused before anything looks into it. */
const tokenBytes = 8_192;
// One algorithm a kind of key: a token never chooses how it is verified.
const sharedKeyAlgorithm = 'HS256';
const publicKeyAlgorithms = ['RS256', 'ES256', 'EdDSA'];

/** A token by an unknown key makes the key set be fetched again, at most this often: soon enough for a rotation, no lever for a flood. */
const jwksCooldownMs = 5_000;

/** A backend's clock may be so far ahead of ours: what it signs now is valid from now on. What has expired has expired. */
const aheadMs = 5_000;

type TokenConfig = Pick<Config, 'jwtSecret' | 'jwksUrl' | 'jwtIssuer' | 'jwtAudience'>;

export interface Tokens {
  /** @throws ChatError `unauthorized`, whatever is wrong with the token; `unavailable` when its key cannot be fetched. */
  verify(token: string): Promise<Identity>;
}

type ClaimsOf = (token: string) => Promise<unknown>;

/**
 * Verifies tokens by the configured key: `app` gets @fastify/jwt for the shared one; public ones come by JWKS. Where these cannot
 * be had the log says so: nobody gets in, and to visitors it looks like a server that is away.
 */
export async function createTokens(
  app: FastifyInstance,
  config: TokenConfig,
  log: Pick<Log, 'info' | 'warn'>,
): Promise<Tokens> {
  const bySharedKey = await sharedKey(app, config);
  const byPublicKeys = publicKeys(config, log);

  function claimsOf(token: string): Promise<unknown> {
    const { alg } = decodeProtectedHeader(token);
    const verify = alg === sharedKeyAlgorithm ? (bySharedKey ?? byPublicKeys) : byPublicKeys;
    if (verify === undefined)
      throw new ChatError('unauthorized', 'The token is signed in a way that this server does not accept.');
    return verify(token);
  }

  return {
    async verify(token) {
      if (token.length > tokenBytes) throw new ChatError('unauthorized', 'The token is too long.');
      try {
        return stillValid(identityOf(await claimsOf(token)));
      } catch (error) {
        throw refusal(error);
      }
    },
  };
}

/** A claim that is checked must be there: a token without it would pass the check. */
function claimsRequired({ jwtIssuer, jwtAudience }: TokenConfig): string[] {
  return ['sub', 'exp', ...(jwtIssuer === undefined ? [] : ['iss']), ...(jwtAudience === undefined ? [] : ['aud'])];
}

async function sharedKey(app: FastifyInstance, config: TokenConfig): Promise<ClaimsOf | undefined> {
  const { jwtSecret, jwtIssuer, jwtAudience } = config;
  if (jwtSecret === undefined) return undefined;
  await app.register(fastifyJwt, {
    secret: jwtSecret,
    sign: { algorithm: sharedKeyAlgorithm },
    verify: {
      algorithms: [sharedKeyAlgorithm],
      requiredClaims: claimsRequired(config),
      clockTolerance: aheadMs,
      ...(jwtIssuer === undefined ? {} : { allowedIss: jwtIssuer }),
      ...(jwtAudience === undefined ? {} : { allowedAud: jwtAudience }),
    },
  });
  return async (token) => app.jwt.verify(token);
}

function publicKeys(config: TokenConfig, log: Pick<Log, 'info' | 'warn'>): ClaimsOf | undefined {
  const { jwksUrl, jwtIssuer, jwtAudience } = config;
  if (jwksUrl === undefined) return undefined;
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    cooldownDuration: jwksCooldownMs,
    cacheMaxAge: 600_000,
    timeoutDuration: 5_000,
  });
  const options = {
    algorithms: publicKeyAlgorithms,
    requiredClaims: claimsRequired(config),
    clockTolerance: aheadMs / 1_000,
    ...(jwtIssuer === undefined ? {} : { issuer: jwtIssuer }),
    ...(jwtAudience === undefined ? {} : { audience: jwtAudience }),
  };
  // Said once, and not for each visitor who comes meanwhile.
  let areAway = false;
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, options);
      if (areAway) log.info({}, 'the keys of JWKS_URL can be had again');
      areAway = false;
      return payload;
    } catch (error) {
      if (!isOfKeySet(error)) throw error;
      if (!areAway)
        log.warn({ err: error }, 'the keys of JWKS_URL cannot be had: nobody whose token needs one gets in');
      areAway = true;
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
    (error instanceof TypeError && error.message === 'fetch failed')
  );
}

function stillValid(identity: Identity): Identity {
  if (identity.expiresAt <= Date.now()) throw hasExpired();
  return identity;
}

function hasExpired(cause?: unknown): ChatError {
  return new ChatError('unauthorized', 'The token has expired.', { cause });
}

function refusal(error: unknown): ChatError {
  if (error instanceof ChatError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'FAST_JWT_EXPIRED' || code === 'ERR_JWT_EXPIRED') return hasExpired(error);
  return new ChatError('unauthorized', 'The token is not valid.', { cause: error });
}
