import { roomOf } from '../gateway/session.ts';
import type { Command } from './command.ts';

/** Tells the others that one writes. May get lost; the first thing that does, under load. */
export const typing: Command<'typing'> = {
  permission: 'write',
  run({ parts, session, payload: { channel, on } }) {
    const event = { channel, user: session.identity.user, on };
    session.socket.volatile.to(roomOf(channel)).emit('typing', event);
    parts.bus.publish(`channel:${channel}`, { kind: 'event', name: 'typing', payload: event });
    return {};
  },
};
