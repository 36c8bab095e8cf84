import type { ChannelSummary } from '../../protocol/http.ts';
import type { ChatTarget } from '../chat-controller.ts';
import { isObject } from '../client/guards.ts';
import type { FailureCode } from '../client/wire.ts';
import { ask } from './ask.ts';

/** What there is to know of a channel before it is joined. */
export type Known = Pick<ChannelSummary, 'id' | 'kind' | 'title' | 'settings'> &
  Partial<Pick<ChannelSummary, 'unread' | 'last' | 'with'>>;

type Server = Pick<ChatTarget, 'server' | 'source'>;

/** The user's channels; undefined when they could not be had. */
export async function listChannels(server: Server): Promise<readonly Known[] | undefined> {
  const asked = await ask(server, 'GET', '/channels');
  if (!asked.ok || !isObject(asked.body)) return undefined;
  const { channels } = asked.body;
  return Array.isArray(channels) ? channels.filter(isKnown) : undefined;
}

/** The channel of the user and another one, inside of the meeting if there is one named. */
export async function directWith(
  server: Server,
  user: string,
  meeting: string | undefined,
): Promise<Known | FailureCode> {
  const wanted = { kind: 'direct', user, ...(meeting === undefined ? {} : { meeting }) };
  const asked = await ask(server, 'POST', '/channels', wanted);
  if (!asked.ok) return asked.code;
  return isKnown(asked.body) ? asked.body : 'invalid';
}

function isKnown(channel: unknown): channel is Known {
  return isObject(channel) && typeof channel.id === 'string' && isObject(channel.settings);
}
