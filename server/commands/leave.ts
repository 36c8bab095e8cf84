import { roomOf } from '../gateway/session.ts';
import type { Command } from './command.ts';

/** No more events of this channel to this connection. The membership stays. */
export const leave: Command<'leave'> = {
  permission: 'none',
  async run({ session, payload }) {
    await session.socket.leave(roomOf(payload.channel));
    session.grants.delete(payload.channel);
    return {};
  },
};
