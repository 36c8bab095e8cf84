import { roomOf } from '../gateway/session.ts';
import type { Command } from './command.ts';

/** A sign of life, and a comparison: the client learns which of its joined channels it does not hold up to the head. */
export const heartbeat: Command<'heartbeat'> = {
  permission: 'none',
  run({ parts, caller, payload }) {
    caller.beats = true;
    parts.presence.renew(caller.identity.user, caller.id);
    const heads: { [channel: string]: number } = {};
    for (const [channel, seq] of Object.entries(payload.heads)) {
      const head = caller.socket.rooms.has(roomOf(channel)) ? parts.feeds.head(channel) : undefined;
      if (head !== undefined && head !== seq) heads[channel] = head;
    }
    return { heads };
  },
};
