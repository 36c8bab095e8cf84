import { limits } from '../../protocol/limits.ts';
import type { Caller } from '../auth/caller.ts';
import { missed } from '../channels/reads.ts';
import type { Command } from './command.ts';

/** The entries after one that the client has. */
export const sync: Command<'sync', Caller> = {
  permission: 'read',
  run: ({ parts, caller, payload: { channel, since, limit } }) =>
    missed(parts, caller, channel, since, limit ?? limits.pageMax),
};
