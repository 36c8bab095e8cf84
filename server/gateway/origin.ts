import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a page of this origin may talk to the server: one of the list, or the server's own. Programs that are no
 * browsers send no origin; tokens are never in cookies, so nothing is lost by letting them.
 */
export function isAllowedOrigin({ origin, host }: IncomingHttpHeaders, allowed: readonly string[]): boolean {
  if (origin === undefined) return true;
  if (allowed.includes(origin)) return true;
  if (!URL.canParse(origin)) return false;
  const own = new URL(origin);
  // A proxy may end TLS before us, so the scheme of our own origin is not ours to know; the host is.
  return own.origin === origin && own.host === host;
}
