import { roomOf } from '../gateway/session.ts';
import type { Command } from './command.ts';

/** A sign of life, and a comparison: the client learns which of its joined channels it does not hold up to the head. */
export const heartbeat: Command<'heartbeat'> = {
  permission: 'none',
  run({ parts, caller, payload }) {
    caller.beats = true;
    parts.presence.renew(caller.identity.user, caller.id);
    const others: [channel: string, head: number][] = [];
    for (const [channel, seq] of Object.entries(payload.heads)) {
      const head = caller.socket.rooms.has(roomOf(channel)) ? parts.feeds.head(channel) : undefined;
      if (head !== undefined && head !== seq) others.push([channel, head]);
    }
    // A channel may have a name such as `__proto__`, which cannot be assigned.
    return { heads: Object.fromEntries(others) };
  },
};
