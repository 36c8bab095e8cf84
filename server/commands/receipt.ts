import type { Caller } from '../auth/caller.ts';
import { headOf } from '../channels/reads.ts';
import type { Command } from './command.ts';

/** Moves one's own watermarks up; answered when that is durable. */
export const receipt: Command<'receipt', Caller> = {
  permission: 'read',
  async run({ parts, caller, payload: { channel, delivered = 0, read = 0 } }) {
    const reached = Math.max(delivered, read);
    // Nobody has read what is not written yet.
    const head = await headOf(parts, channel, reached);
    const mark = { delivered: Math.min(reached, head), read: Math.min(read, head) };
    await parts.receipts.raise(channel, caller.identity.user, mark);
    return {};
  },
};
