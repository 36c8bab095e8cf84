import { limits } from '../../protocol/limits.ts';
import type { Command } from './command.ts';
import { missed } from './join.ts';

/** The entries after one that the client has. */
export const sync: Command<'sync'> = {
  permission: 'read',
  run: ({ parts, payload: { channel, since, limit } }) => missed(parts, channel, since, limit ?? limits.pageMax),
};
