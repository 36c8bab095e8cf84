import type { ChannelPatch, MemberPatch } from '../../protocol/http.ts';
import type { ChatTarget } from '../chat-controller.ts';
import { isObject } from '../client/guards.ts';
import type { FailureCode } from '../client/wire.ts';

/** What an organizer does to a meeting, over HTTP. Each resolves with why it was not done, or with undefined. */
export const organizer = {
  change: (target: ChatTarget, patch: ChannelPatch) => request(target, 'PATCH', '', patch),
  putMember: (target: ChatTarget, user: string, patch: MemberPatch) => request(target, 'PUT', memberPath(user), patch),
  removeMember: (target: ChatTarget, user: string) => request(target, 'DELETE', memberPath(user)),
};

function memberPath(user: string): string {
  return `/members/${encodeURIComponent(user)}`;
}

async function request(
  { server, source, channel }: ChatTarget,
  method: string,
  path: string,
  body?: object,
): Promise<FailureCode | undefined> {
  try {
    const token = await source.get();
    const answer = await fetch(`${server.replace(/\/$/, '')}/channels/${encodeURIComponent(channel)}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return answer.ok ? undefined : codeOf(await answer.json());
  } catch {
    return 'no_answer';
  }
}

function codeOf(body: unknown): FailureCode {
  const codes: readonly FailureCode[] = [
    'unauthorized',
    'forbidden',
    'not_found',
    'conflict',
    'rate_limited',
    'unavailable',
  ];
  const error = isObject(body) && isObject(body.error) ? body.error.code : undefined;
  return codes.find((code) => code === error) ?? 'invalid';
}
