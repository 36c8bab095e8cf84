import type { CommandName } from '../../protocol/commands.ts';
import { authenticate } from './authenticate.ts';
import type { Command } from './command.ts';
import { deleteMessage } from './delete.ts';
import { edit } from './edit.ts';
import { heartbeat } from './heartbeat.ts';
import { history } from './history.ts';
import { join } from './join.ts';
import { leave } from './leave.ts';
import { react } from './react.ts';
import { receipt } from './receipt.ts';
import { search } from './search.ts';
import { send } from './send.ts';
import { sync } from './sync.ts';
import { typing } from './typing.ts';

/** Every event that a client may send. Its schema stands under the same name in `protocol/commands.ts`. */
export const commands: { readonly [Name in CommandName]: Command<Name> } = {
  join,
  leave,
  send,
  edit,
  delete: deleteMessage,
  react,
  sync,
  history,
  search,
  receipt,
  typing,
  heartbeat,
  authenticate,
};

/** What each takes from its user's allowance; a message is 1. */
export const costs: { readonly [Name in CommandName]: number } = {
  join: 0.5,
  leave: 0.1,
  send: 1,
  edit: 1,
  delete: 1,
  react: 0.5,
  sync: 0.2,
  history: 0.5,
  search: 2,
  receipt: 0.1,
  typing: 0.1,
  heartbeat: 0.05,
  authenticate: 1,
};
