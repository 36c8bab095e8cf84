import type { IncomingHttpHeaders } from 'node:http';
import { ChatError } from '../chat-error.ts';
import type { Parts } from '../commands/command.ts';
import { addressOf } from './address.ts';

/** What a new connection takes from its address's allowance, and what a token more that is refused. */
const costs = Object.freeze({ connection: 1, refused: 1 });

/**
 * Who asks to be let in, if their address has not asked too often.
 * @throws ChatError `rate_limited`, and what `verify` throws
 */
export async function admitted<Identity>(
  { limiter }: Pick<Parts, 'limiter'>,
  from: { headers: IncomingHttpHeaders; address: string },
  verify: () => Promise<Identity>,
): Promise<Identity> {
  const address = addressOf(from.headers, from.address);
  const retryAfterMs = limiter.take({ address }, costs.connection);
  if (retryAfterMs > 0) throw new ChatError('rate_limited', undefined, { retryAfterMs });
  try {
    return await verify();
  } catch (error) {
    limiter.charge({ address }, costs.refused);
    throw error;
  }
}
