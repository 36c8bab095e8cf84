import type { ChatTarget } from '../chat-controller.ts';
import { isObject } from '../client/guards.ts';
import type { FailureCode } from '../client/wire.ts';

/** What a request over HTTP came to; `body` is undefined where there is none. */
export type Asked = { readonly ok: true; readonly body: unknown } | { readonly ok: false; readonly code: FailureCode };

/** A request to the chat server, as the user. Never rejects. */
export async function ask(
  { server, source }: Pick<ChatTarget, 'server' | 'source'>,
  method: string,
  path: string,
  body?: object,
): Promise<Asked> {
  try {
    const token = await source.get();
    const answer = await fetch(`${server.replace(/\/$/, '')}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const told: unknown = answer.status === 204 ? undefined : await answer.json();
    return answer.ok ? { ok: true, body: told } : { ok: false, code: codeOf(told) };
  } catch {
    return { ok: false, code: 'no_answer' };
  }
}

function codeOf(body: unknown): FailureCode {
  const codes: readonly FailureCode[] = [
    'unauthorized',
    'forbidden',
    'not_found',
    'conflict',
    'closed',
    'rate_limited',
    'unavailable',
  ];
  const error = isObject(body) && isObject(body.error) ? body.error.code : undefined;
  return codes.find((code) => code === error) ?? 'invalid';
}
