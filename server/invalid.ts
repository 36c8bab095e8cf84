import { limits } from '../protocol/limits.ts';
import { ChatError } from './chat-error.ts';

type Mistake = { schemaPath: string; instancePath: string; keyword: string; message: string };

/** Says which field is wrong and how; nothing of what was in it. */
export function invalid(errors: readonly Mistake[]): ChatError {
  const first = meant(errors)[0];
  const field = first?.instancePath.slice(1).replaceAll('/', '.') || 'The payload';
  if (first?.keyword === 'maxLength' && field === 'text')
    return new ChatError('too_large', `A text has at most ${limits.textBytes} bytes.`);
  return new ChatError('invalid', `${field.slice(0, 100)} ${first?.message ?? 'is not of its form'}.`);
}

/** Of what may have one of several forms, the mistakes in the form that it says it has: the others have another constant. */
function meant(errors: readonly Mistake[]): readonly Mistake[] {
  const formOf = ({ schemaPath }: Mistake) => /^#\/anyOf\/\d+/.exec(schemaPath)?.[0] ?? '';
  const others = new Set(errors.filter(({ keyword }) => keyword === 'const').map(formOf));
  const left = errors.filter((error) => !others.has(formOf(error)));
  return left.length > 0 ? left : errors;
}
