import type { ChannelPatch, MemberPatch } from '../../protocol/http.ts';
import type { ChatTarget } from '../chat-controller.ts';
import type { FailureCode } from '../client/wire.ts';
import { ask } from './ask.ts';

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
  target: ChatTarget,
  method: string,
  path: string,
  body?: object,
): Promise<FailureCode | undefined> {
  const asked = await ask(target, method, `/channels/${encodeURIComponent(target.channel)}${path}`, body);
  return asked.ok ? undefined : asked.code;
}
