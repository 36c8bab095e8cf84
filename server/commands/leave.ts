import { roomOf } from '../gateway/session.ts';
import type { Command } from './command.ts';

/** No more events of this channel to this connection. The membership stays. */
export const leave: Command<'leave'> = {
  permission: 'none',
  async run({ caller, payload }) {
    await caller.socket.leave(roomOf(payload.channel));
    caller.grants.delete(payload.channel);
    return {};
  },
};
