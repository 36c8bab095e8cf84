import { ChatError } from '../chat-error.ts';
import type { Parts } from '../commands/command.ts';

/**
 * What is about to be written counts against its channel's allowance: its members share the readers' attention. Asked after
 * the caller's rights, so that no stranger can use it up.
 * @throws ChatError `rate_limited`
 */
export function spendIn({ limiter }: Pick<Parts, 'limiter'>, channel: string): void {
  const retryAfterMs = limiter.take({ channel }, 1);
  if (retryAfterMs > 0)
    throw new ChatError('rate_limited', 'This channel is very busy; wait a little.', { retryAfterMs });
}
