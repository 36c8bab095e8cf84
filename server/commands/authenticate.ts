import { ChatError } from '../chat-error.ts';
import { channelsJoined } from '../gateway/session.ts';
import type { Command } from './command.ts';

/** Goes on under a new token of the same user. */
export const authenticate: Command<'authenticate'> = {
  permission: 'none',
  async run({ parts, caller, payload }) {
    const identity = await parts.tokens.verify(payload.token);
    if (identity.user !== caller.identity.user) throw new ChatError('unauthorized', 'The token is of another user.');
    const { name, picture, user } = identity;
    const isCalledAnew = name !== caller.identity.name || picture !== caller.identity.picture;
    parts.authenticated(caller, identity);
    if (isCalledAnew) {
      await parts.profiles.remember(identity);
      const change = { name, state: 'online' as const, ...(picture && { picture }) };
      for (const channel of channelsJoined(caller)) parts.people.entered(channel, user, change);
    }
    return { expiresAt: identity.expiresAt };
  },
};
