import { isIP } from 'node:net';
import { pathOf } from './storage/open-storage.ts';

/** Everything that can be set from outside, validated. Only this file reads the environment. */
export type Config = {
  host: string;
  /** 0 picks a free one. */
  port: number;
  databaseUrl: string;
  redisUrl?: string;
  /** At least 32 bytes, for HS256. */
  jwtSecret?: string;
  jwksUrl?: string;
  jwtIssuer?: string;
  jwtAudience?: string;
  /** Beside the server's own. */
  allowedOrigins: readonly string[];
  /** Begins and ends with a slash. */
  basePath: string;
  region?: string;
  attachments: 'off' | 'disk' | `s3://${string}`;
  /** Messages a second and user; 0 = no limits. */
  rateLimit: number;
  logLevel: LogLevel;
  /** Serves the demo pages and makes tokens for whoever asks. Only where no key is configured. */
  demo: boolean;
};

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
type LogLevel = (typeof logLevels)[number];

export class ConfigError extends Error {
  readonly variable: string;
  constructor(variable: string, problem: string) {
    super(`${variable}: ${problem}`);
    this.name = 'ConfigError';
    this.variable = variable;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration.
 * @throws ConfigError that names the first bad variable.
 */
export function readConfig(environment: Environment, options: { demo: boolean }): Config {
  // An empty variable is an unset one: that is how shells and compose files unset them.
  const get = (name: string) => environment[name] || undefined;
  const jwtSecret = secret(get('JWT_SECRET'));
  const jwksUrl = url('JWKS_URL', get('JWKS_URL'), ['https:', 'http:']);
  const hasKey = jwtSecret !== undefined || jwksUrl !== undefined;
  if (!hasKey && !options.demo) {
    throw new ConfigError(
      'JWT_SECRET',
      'set it (at least 32 bytes) or JWKS_URL; "serve --demo" runs without either, for a look',
    );
  }
  return {
    host: host(get('HOST') ?? '0.0.0.0'),
    port: port(get('PORT') ?? '3000'),
    databaseUrl: databaseUrl(get('DATABASE_URL') ?? 'file:./data/chat.db'),
    ...defined('redisUrl', redisUrl(get('REDIS_URL'))),
    ...defined('jwtSecret', jwtSecret),
    ...defined('jwksUrl', jwksUrl),
    ...defined('jwtIssuer', get('JWT_ISSUER')),
    ...defined('jwtAudience', get('JWT_AUDIENCE')),
    allowedOrigins: origins(get('ALLOWED_ORIGINS') ?? ''),
    basePath: basePath(get('BASE_PATH') ?? '/'),
    ...defined('region', region(get('REGION'))),
    attachments: attachments(get('ATTACHMENTS') ?? 'off'),
    rateLimit: rateLimit(get('RATE_LIMIT') ?? '10'),
    logLevel: logLevel(get('LOG_LEVEL') ?? 'info'),
    demo: options.demo && !hasKey,
  };
}

/** JWT_SECRET alone, for the command that signs a token. */
export function readSecret(environment: Environment): string {
  const value = secret(environment.JWT_SECRET || undefined);
  if (value === undefined) throw new ConfigError('JWT_SECRET', 'set it: the token is signed with it');
  return value;
}

function defined<Name extends string, Value>(name: Name, value: Value | undefined): { [K in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [K in Name]: Value });
}

function secret(value: string | undefined): string | undefined {
  if (value !== undefined && Buffer.byteLength(value) < 32)
    throw new ConfigError('JWT_SECRET', 'must be at least 32 bytes');
  return value;
}

function url(variable: string, value: string | undefined, protocols: readonly string[]): string | undefined {
  if (value === undefined) return undefined;
  const begins = protocols.some((protocol) => value.toLowerCase().startsWith(`${protocol}//`));
  if (!begins || !URL.canParse(value) || new URL(value).hostname === '') {
    throw new ConfigError(variable, `must be a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`);
  }
  return value;
}

function redisUrl(value: string | undefined): string | undefined {
  const checked = url('REDIS_URL', value, ['redis:', 'rediss:']);
  // With any other path the client would end the process when Redis answers, perhaps long after the start.
  if (checked !== undefined && !/^\/?\d{0,5}$/.test(new URL(checked).pathname))
    throw new ConfigError('REDIS_URL', 'can have no path but the number of a database');
  return checked;
}

function host(value: string): string {
  if (isIP(value) === 0 && !/^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(value)) {
    throw new ConfigError('HOST', 'must be an address or a host name');
  }
  return value;
}

function port(value: string): number {
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535)
    throw new ConfigError('PORT', 'must be a whole number from 0 to 65535');
  return Number(value);
}

function databaseUrl(value: string): string {
  if (value.startsWith('file::memory:'))
    throw new ConfigError('DATABASE_URL', 'nothing is kept in memory: give file:PATH');
  if (value.startsWith('file:') && value.length > 'file:'.length && isPath(value)) return value;
  // Not `new URL`: a replica set's URL names several hosts with ports, which is no valid URL for it.
  if (/^mongodb(\+srv)?:\/\/[^/\s]+(\/\S*)?$/.test(value)) return value;
  throw new ConfigError('DATABASE_URL', 'must be file:PATH, mongodb://… or mongodb+srv://…');
}

/** A URL of a file on another host is none. */
function isPath(fileUrl: string): boolean {
  try {
    return pathOf(fileUrl) !== '';
  } catch {
    return false;
  }
}

function origins(value: string): string[] {
  const list = value.split(',').flatMap((item) => (item.trim() === '' ? [] : [item.trim()]));
  for (const item of list) {
    // What browsers say of a page without an origin, such as one in a sandboxed frame: only where the operator says so too.
    if (item === 'null') continue;
    if (!URL.canParse(item) || !/^https?:$/.test(new URL(item).protocol) || new URL(item).origin !== item) {
      throw new ConfigError(
        'ALLOWED_ORIGINS',
        `"${item}" is no origin such as https://example.com (no path, no slash at its end)`,
      );
    }
  }
  return list;
}

function basePath(value: string): string {
  // A client would take `.` and `..` out of every address before it asks.
  if (!/^\/([A-Za-z0-9._~-]+\/)*[A-Za-z0-9._~-]*$/.test(value) || /\/\.\.?(\/|$)/.test(value))
    throw new ConfigError('BASE_PATH', 'must begin with / and hold only path segments');
  return value.endsWith('/') ? value : `${value}/`;
}

function region(value: string | undefined): string | undefined {
  if (value !== undefined && !/^[A-Za-z0-9._-]{1,64}$/.test(value)) {
    throw new ConfigError('REGION', 'must be 1 to 64 of A-Z a-z 0-9 . _ -');
  }
  return value;
}

function attachments(value: string): Config['attachments'] {
  if (value === 'off' || value === 'disk') return value;
  if (/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value)) return value as `s3://${string}`;
  throw new ConfigError('ATTACHMENTS', 'must be off, disk or s3://BUCKET');
}

function rateLimit(value: string): number {
  if (!/^\d{1,6}(\.\d{1,3})?$/.test(value))
    throw new ConfigError('RATE_LIMIT', 'must be a number of messages a second, 0 for no limit');
  return Number(value);
}

function logLevel(value: string): LogLevel {
  const level = logLevels.find((known) => known === value);
  if (level === undefined) throw new ConfigError('LOG_LEVEL', `must be one of ${logLevels.join(', ')}`);
  return level;
}
