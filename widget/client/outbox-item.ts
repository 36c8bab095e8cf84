import { errorCatalogue } from '../../protocol/errors.ts';
import type { FailureCode } from './wire.ts';

export type Draft = { text: string; replyTo?: number; mentions?: string[] };

export type OutboxItemState =
  /**
   * Goes out as soon as it can, and again until there is an answer; where the user was too fast not before `until` (ms since
   * the epoch).
   */
  | { name: 'sending'; until?: number }
  /** Acked, and not yet seen in the log. */
  | { name: 'sent'; seq: number }
  | Failure;
/** Refused. It stays until the user sends it again or discards it. */
export type Failure = { name: 'failed'; code: FailureCode };

/** A message that the client has accepted from the user. */
export type OutboxItem = Draft & {
  readonly key: string;
  /** Milliseconds since the epoch, by this device's clock; never the same for two of one outbox. */
  readonly createdAt: number;
  readonly state: OutboxItemState;
};

export type FailedItem = OutboxItem & { readonly state: Failure };

export function hasFailed(item: OutboxItem): item is FailedItem {
  return item.state.name === 'failed';
}

/**
 * What to do with a message that was not acked. `wait`: send it again under the same key, later messages stay behind it.
 * `fail`: it would be refused again, so it is the user's turn, and later messages go on.
 */
export function verdict(code: FailureCode): 'wait' | 'fail' {
  if (code === 'no_answer') return 'wait';
  switch (errorCatalogue[code]?.retry) {
    case 'later':
    case 'reauthenticate':
      return 'wait';
    default:
      return 'fail';
  }
}

/** Whether the message waits for an organizer to let it through. */
export function isHeld(state: OutboxItemState): boolean {
  return state.name === 'failed' && state.code === 'conflict';
}
