import { limits } from '../protocol/limits.ts';
import { ChatError } from './chat-error.ts';

/** Says which field is wrong and how; nothing of what was in it. */
export function invalid(errors: readonly { instancePath: string; keyword: string; message: string }[]): ChatError {
  const first = errors[0];
  const field = first?.instancePath.slice(1).replaceAll('/', '.') || 'The payload';
  if (first?.keyword === 'maxLength' && field === 'text')
    return new ChatError('too_large', `A text has at most ${limits.textBytes} bytes.`);
  return new ChatError('invalid', `${field.slice(0, 100)} ${first?.message ?? 'is not of its form'}.`);
}
