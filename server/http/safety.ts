import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ChatError } from '../chat-error.ts';
import { isBehindTls, type Origins } from '../gateway/origin.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A file for pages of any origin: no secret, and cached by its own rules. */
    public?: boolean;
  }
}

/** For answers that are data: nothing in them may run, be framed, be guessed at, or be kept. */
const ofData: Readonly<Record<string, string>> = Object.freeze({
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
});
const hstsForAYear = 'max-age=31536000';

/** What holds for every answer: only pages of allowed origins get one, and browsers are told how little they may do with it. */
export function registerSafety(app: FastifyInstance, origins: Origins): void {
  app.addHook('onRequest', async (request) => {
    // Nothing here unpacks: what it says to be is not what would be read.
    if ((request.headers['content-encoding'] ?? 'identity') !== 'identity')
      throw new ChatError('invalid', 'A body is sent as it is, without compression.');
    if (isPublic(request) || origins.allow(request.headers)) return;
    throw new ChatError('forbidden', 'Pages of this origin may not use this server.');
  });
  // To the validators a body of `null` looks like none at all, which some routes take.
  app.addHook('preValidation', async ({ body, headers }) => {
    if (body === null && headers['content-type'] !== undefined) throw new ChatError('invalid');
  });
  app.addHook('onSend', async (request, reply) => {
    setUnlessSet(reply, 'x-content-type-options', 'nosniff');
    if (isBehindTls(request.headers)) setUnlessSet(reply, 'strict-transport-security', hstsForAYear);
    if (isPublic(request)) return;
    // Pages, such as the demo's, bring a policy of their own.
    const isPage = reply.hasHeader('content-security-policy');
    for (const [name, value] of Object.entries(ofData))
      if (!isPage || name === 'cache-control') setUnlessSet(reply, name, value);
  });
}

function isPublic(request: FastifyRequest): boolean {
  return request.routeOptions.config.public === true;
}

function setUnlessSet(reply: FastifyReply, name: string, value: string): void {
  if (!reply.hasHeader(name)) void reply.header(name, value);
}
