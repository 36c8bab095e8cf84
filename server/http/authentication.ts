import type { FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import { type Caller, passingCaller } from '../auth/caller.ts';
import { ChatError } from '../chat-error.ts';
import type { Parts } from '../commands/command.ts';
import { admitted } from '../gateway/admission.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null on routes that are for everybody. */
    caller: Caller | null;
  }
  interface FastifyContextConfig {
    /** What a request takes from its user's allowance; a message is 1. */
    cost?: number;
  }
}

export type AuthenticationParts = Pick<Parts, 'limiter' | 'tokens' | 'profiles' | 'storage'>;

/** Before the body is read: a valid token, and this often. */
export function authentication({ limiter, profiles, storage, tokens }: AuthenticationParts): onRequestAsyncHookHandler {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const token = /^bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) {
      void reply.header('www-authenticate', 'Bearer');
      throw new ChatError('unauthorized');
    }
    const from = { headers: request.headers, address: request.ip };
    const identity = await admitted({ limiter }, from, () => tokens.verify(token));
    const retryAfterMs = limiter.take({ user: identity.user }, request.routeOptions.config.cost ?? 0.5);
    if (retryAfterMs > 0) throw new ChatError('rate_limited', undefined, { retryAfterMs });
    if (!identity.service) await profiles.remember(identity);
    request.caller = passingCaller(identity, (user) => storage.users.blockedBy(user));
  };
}

/** @throws ChatError `unauthorized` on a route that forgot to ask */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new ChatError('unauthorized');
  return request.caller;
}
