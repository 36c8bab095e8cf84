import fastifyJwt from '@fastify/jwt';
import type { FastifyInstance } from 'fastify';
import { aheadMs, type ClaimsOf, claimsRequired, type TokenConfig } from './token-checks.ts';

/** One algorithm a kind of key: a token never chooses how it is verified. */
export const sharedKeyAlgorithm = 'HS256';

/** Verifies by `JWT_SECRET`; undefined where there is none. */
export async function sharedKey(app: FastifyInstance, config: TokenConfig): Promise<ClaimsOf | undefined> {
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
