import { createHmac } from 'node:crypto';
import type { Role } from '../protocol/entities.ts';

/** The key that test instances verify with. */
export const secret = 'a-key-for-tests-only-0123456789abcdef';

export type Claims = {
  sub: string;
  name?: string;
  meetings?: { [channel: string]: Role } | string[];
  scope?: string;
  picture?: string;
  iss?: string;
  exp?: number;
};

/** A token as a host's backend signs it: HS256, good for an hour. */
export function token(claims: Claims, key = secret): string {
  const now = Math.floor(Date.now() / 1_000);
  const signed = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url({ iat: now, exp: now + 3_600, ...claims })}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

function base64url(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
