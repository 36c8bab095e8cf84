import { limits } from '../../protocol/limits.ts';
import { ChatError } from '../chat-error.ts';
import { isSeen, readable } from '../readable.ts';

/**
 * The text as it will be stored: half of a surrogate pair is no text in UTF-8, and stores would change it each in its way.
 * @throws ChatError `too_large`, `invalid` where there is nothing in it to see
 */
export function textWithin(text: string): string {
  const wellFormed = text.toWellFormed();
  if (Buffer.byteLength(wellFormed) > limits.textBytes)
    throw new ChatError('too_large', `A text has at most ${limits.textBytes} bytes.`);
  if (!isSeen(wellFormed)) throw new ChatError('invalid', 'text must be readable.');
  return wellFormed;
}

/**
 * What a channel will be called.
 * @throws ChatError `invalid` where nothing of it can be read
 */
export function titleFrom(text: string): string {
  const title = readable(text);
  if (title === '') throw new ChatError('invalid', 'title must be readable.');
  return title;
}
