import type { Config } from '../config.ts';

// What is checked of every token, whichever key it is signed with.

export type TokenConfig = Pick<Config, 'jwtSecret' | 'jwksUrl' | 'jwtIssuer' | 'jwtAudience'>;

/** What a token says, once its signature and times were found to be right; rejects where they are not. */
export type ClaimsOf = (token: string) => Promise<unknown>;

/** A backend's clock may be so far ahead of ours: what it signs now is valid from now on. What has expired has expired. */
export const aheadMs = 5_000;

/** A claim that is checked must be there: a token without it would pass the check. */
export function claimsRequired({ jwtIssuer, jwtAudience }: TokenConfig): string[] {
  return ['sub', 'exp', ...(jwtIssuer === undefined ? [] : ['iss']), ...(jwtAudience === undefined ? [] : ['aud'])];
}
