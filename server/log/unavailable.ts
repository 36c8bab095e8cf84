import { ChatError } from '../chat-error.ts';

/** When whoever was refused may try again. */
export const retryAfterMs = 500;

export function unavailable(message?: string): ChatError {
  return new ChatError('unavailable', message, { retryAfterMs });
}
