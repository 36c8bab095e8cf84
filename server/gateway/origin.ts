import type { IncomingHttpHeaders } from 'node:http';
import type { Log } from '../logger.ts';

/** Whoever makes origins up must not fill the log. */
const toldAtMost = 20;
const toldLength = 200;

/**
 * Which pages may talk to the server. The operator is told of the first 20 others, each once: to its readers a page that is
 * missing from the list only seems to be offline.
 */
export class Origins {
  /** Beside the server's own. */
  readonly listed: readonly string[];
  readonly #log: Pick<Log, 'warn'>;
  readonly #told = new Set<string>();

  constructor(listed: readonly string[], log: Pick<Log, 'warn'>) {
    this.listed = listed;
    this.#log = log;
  }

  allow(headers: IncomingHttpHeaders): boolean {
    const isAllowed = isAllowedOrigin(headers, this.listed);
    if (!isAllowed) this.#tell((headers.origin ?? '').slice(0, toldLength));
    return isAllowed;
  }

  #tell(origin: string): void {
    if (this.#told.size === toldAtMost || this.#told.has(origin)) return;
    this.#told.add(origin);
    this.#log.warn({ origin }, 'a page of this origin was refused: it is not in ALLOWED_ORIGINS');
    if (this.#told.size < toldAtMost) return;
    this.#log.warn({ origins: toldAtMost }, 'pages of so many origins were refused: of others only the metrics tell');
  }
}

/**
 * Whether a page of this origin may talk to the server: one of the list, letter by letter, or the server's own. Programs
 * that are no browsers send no origin; tokens are never in cookies, so nothing is lost by letting them.
 */
function isAllowedOrigin(headers: IncomingHttpHeaders, allowed: readonly string[]): boolean {
  const { origin, host } = headers;
  if (origin === undefined || allowed.includes(origin)) return true;
  return host !== undefined && ownSchemes(headers).some((scheme) => origin === `${scheme}://${host}`);
}

/** Whether the client's side of the connection is encrypted, as the proxy before us says. */
export function isBehindTls(headers: IncomingHttpHeaders): boolean {
  return forwardedScheme(headers) === 'https';
}

/**
 * A proxy that ends TLS before us may not say so; then either scheme can be ours. Nobody else can hold the other one: it
 * would take our host and port.
 */
function ownSchemes(headers: IncomingHttpHeaders): readonly string[] {
  const scheme = forwardedScheme(headers);
  return scheme === undefined ? ['http', 'https'] : [scheme];
}

function forwardedScheme({ 'x-forwarded-proto': forwarded }: IncomingHttpHeaders): string | undefined {
  return typeof forwarded === 'string' ? forwarded.split(',')[0]?.trim().toLowerCase() : undefined;
}
