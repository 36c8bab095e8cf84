import { ChatError } from '../chat-error.ts';
import type { Command } from './command.ts';

/** Goes on under a new token of the same user. */
export const authenticate: Command<'authenticate'> = {
  permission: 'none',
  async run({ parts, caller, payload }) {
    const identity = await parts.tokens.verify(payload.token);
    if (identity.user !== caller.identity.user) throw new ChatError('unauthorized', 'The token is of another user.');
    parts.authenticated(caller, identity);
    return { expiresAt: identity.expiresAt };
  },
};
