import { createSigner } from 'fast-jwt';
import { identityOf } from '../auth/identity.ts';
import { ConfigError, readSecret } from '../config.ts';

export type TokenOptions = {
  sub?: string | undefined;
  name?: string | undefined;
  /** `ID` or `ID:organizer` */
  meeting?: readonly string[] | undefined;
  service?: boolean | undefined;
  /** seconds */
  expiresIn?: string | undefined;
};

/**
 * A token as a host's backend would sign it.
 * @throws ConfigError that names what is missing or wrong
 */
export function printToken(environment: Readonly<Record<string, string | undefined>>, options: TokenOptions): string {
  const secret = readSecret(environment);
  if (options.sub === undefined) throw new ConfigError('--sub', 'give the user id');
  const { expiresIn = '3600', meeting: meetings = [] } = options;
  if (!/^[1-9]\d{0,9}$/.test(expiresIn)) throw new ConfigError('--expires-in', 'must be a number of seconds');
  const now = Math.floor(Date.now() / 1_000);
  const claims = {
    sub: options.sub,
    ...(options.name === undefined ? {} : { name: options.name }),
    ...(meetings.length === 0 ? {} : { meetings: Object.fromEntries(meetings.map(meeting)) }),
    ...(options.service ? { scope: 'service' } : {}),
    iat: now,
    exp: now + Number(expiresIn),
  };
  try {
    identityOf(claims);
  } catch (error) {
    throw new ConfigError('token', error instanceof Error ? error.message : String(error));
  }
  return createSigner({ key: secret, algorithm: 'HS256' })(claims);
}

/** Channel ids may hold colons, so only a role behind the last one is a role. */
function meeting(value: string): [string, string] {
  const [, id = value, role = 'participant'] = /^(.+):(organizer|participant)$/.exec(value) ?? [];
  return [id, role];
}
