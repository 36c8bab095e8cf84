import type { Caller } from '../auth/caller.ts';
import { post } from '../channels/post.ts';
import { nextPlace, notStored } from '../channels/send-order.ts';
import type { Command } from './command.ts';

/**
 * A message into the channel's log: answered when it is durable, and with the first answer when its key was stored before, also
 * by one who may not write any more; so that is asked by `post`.
 */
export const send: Command<'send', Caller> = {
  permission: 'read',
  run: (call) => post(call, ({ seq, id, sentAt }) => ({ seq, id, sentAt })),
  missed: ({ caller, payload: { channel, key } }, error) => notStored(caller, nextPlace(channel, key), error),
};
