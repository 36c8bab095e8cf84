import { roomOf } from '../gateway/session.ts';
import type { Command } from './command.ts';

/** A sign of life, and a comparison: the client learns which of its joined channels it does not hold up to the head. */
export const heartbeat: Command<'heartbeat'> = {
  permission: 'none',
  run({ parts, session, payload }) {
    session.beats = true;
    parts.presence.renew(session.identity.user, session.id);
    const heads: { [channel: string]: number } = {};
    for (const [channel, seq] of Object.entries(payload.heads)) {
      const head = session.socket.rooms.has(roomOf(channel)) ? parts.feeds.head(channel) : undefined;
      if (head !== undefined && head !== seq) heads[channel] = head;
    }
    return { heads };
  },
};
