import type { Answers, CommandName } from '../../protocol/commands.ts';
import type { Grant } from '../auth/access.ts';
import type { Caller } from '../auth/caller.ts';
import { type Action, permit } from '../auth/permissions.ts';
import { ChatError } from '../chat-error.ts';
import type { Call, Command, Parts } from './command.ts';

/** Permitted → run: the same for an event and for a request. */
export function perform<Name extends CommandName, Who extends Caller>(
  command: Command<Name, Who>,
  call: Call<Name, Who>,
): Answers[Name] | Promise<Answers[Name]> {
  if (command.permission === 'none') return command.run(call);
  const { permission, run, missed } = command;
  const { parts, caller, payload } = call;
  const permitted = (grant: Grant) => {
    permit(permission, grant);
    return run({ parts, caller, payload, grant });
  };
  if (!('channel' in call.payload) || call.payload.channel === undefined) throw new ChatError('invalid');
  const grant = call.parts.access.of(call.caller, call.payload.channel);
  if (!(grant instanceof Promise)) return permitted(grant);
  return grant.then(permitted, (error: unknown) => {
    missed?.(call, error);
    throw error;
  });
}

/**
 * What the caller is in the channel, if they may do this there.
 * @throws ChatError `forbidden`, `closed`
 */
export async function permitted(parts: Parts, caller: Caller, channel: string, action: Action): Promise<Grant> {
  const grant = await parts.access.of(caller, channel);
  permit(action, grant);
  return grant;
}
