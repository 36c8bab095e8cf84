import type { FastifyInstance } from 'fastify';
import { decodeProtectedHeader } from 'jose';
import { ChatError } from '../chat-error.ts';
import type { Log } from '../logger.ts';
import { type Identity, identityOf } from './identity.ts';
import { publicKeys } from './public-keys.ts';
import { sharedKey, sharedKeyAlgorithm } from './shared-key.ts';
import type { TokenConfig } from './token-checks.ts';

/** A longer one is refused before anything looks into it. */
const tokenBytes = 8_192;

export interface Tokens {
  /** @throws ChatError `unauthorized`, whatever is wrong with the token; `unavailable` when its key cannot be fetched. */
  verify(token: string): Promise<Identity>;
}

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
