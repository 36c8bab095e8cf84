import type { ChannelState, Role } from '../../protocol/entities.ts';
import { ChatError } from '../chat-error.ts';

/**
 * What a member may do in a channel: the one table. `none` asks for no channel at all.
 * `moderate`: delete anyone's message, mute, remove, invite. `manage`: title, state, settings.
 */
export type Action = 'read' | 'write' | 'moderate' | 'manage';

type States = { [State in ChannelState]: boolean };
const always: States = { open: true, closed: true, ended: true };
const whileOpen: States = { open: true, closed: false, ended: false };
const untilEnded: States = { open: true, closed: true, ended: false };
const never: States = { open: false, closed: false, ended: false };

export const permissions: { readonly [R in Role]: { readonly [A in Action]: States } } = Object.freeze({
  organizer: { read: always, write: untilEnded, moderate: always, manage: always },
  participant: { read: always, write: whileOpen, moderate: never, manage: never },
});

export type Refusal = 'forbidden' | 'closed';

/** @throws ChatError `forbidden`, `closed` */
export function permit(action: Action, grant: Parameters<typeof refusalOf>[1]): void {
  const refusal = refusalOf(action, grant);
  if (refusal !== undefined) throw new ChatError(refusal);
}

/** Why the member may not, or undefined where they may. */
export function refusalOf(
  action: Action,
  grant: { role: Role; muted: boolean; state: ChannelState },
): Refusal | undefined {
  const states = permissions[grant.role][action];
  if (action === 'write' && grant.muted) return 'forbidden';
  if (states[grant.state]) return undefined;
  return states.open ? 'closed' : 'forbidden';
}
