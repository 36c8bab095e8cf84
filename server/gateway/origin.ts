import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a page of this origin may talk to the server: one of the list, letter by letter, or the server's own. Programs
 * that are no browsers send no origin; tokens are never in cookies, so nothing is lost by letting them.
 */
export function isAllowedOrigin(headers: IncomingHttpHeaders, allowed: readonly string[]): boolean {
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
