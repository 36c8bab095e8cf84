import { token } from '../../test/tokens.ts';
import type { LoadSpec } from './spec.ts';

/** What a client says, in text frames. */
export interface Dialect {
  path: (channel: string) => string;
  /** The answer to the server's greeting; undefined where there is no greeting. */
  hello?: (channel: string, user: string) => string;
  /** What enters the channel; its answer has the id 0. */
  join?: (channel: string) => string;
  message: (id: number, channel: string, key: string, text: string) => string;
  beat?: (channel: string) => string[];
  /** Whether a message without an answer counts as lost. */
  acks: boolean;
}

const socketPath = '/socket.io/?EIO=4&transport=websocket';
/** An id that no message has: its answers are not looked at. */
const idOfBeats = 999_999_999;

export const dialects: { readonly [Name in LoadSpec['dialect']]: Dialect } = {
  chat: {
    path: () => socketPath,
    hello: (channel, user) =>
      `40${JSON.stringify({ token: token({ sub: user, name: user, meetings: { [channel]: 'participant' } }) })}`,
    join: (channel) => `420["join",{"channel":"${channel}","limit":1}]`,
    message: (id, channel, key, text) => `42${id}["send",{"channel":"${channel}","key":"${key}","text":"${text}"}]`,
    beat: (channel) => [
      `42${idOfBeats}["heartbeat",{"heads":{"${channel}":0}}]`,
      `42${idOfBeats}["receipt",{"channel":"${channel}","delivered":9007199254740991}]`,
    ],
    acks: true,
  },
  socketio: {
    path: () => socketPath,
    hello: (channel) => `40{"channel":"${channel}"}`,
    message: (id, _channel, key, text) => `42${id}["send",{"key":"${key}","text":"${text}"}]`,
    acks: false,
  },
  ws: {
    path: (channel) => `/?channel=${channel}`,
    message: (_id, _channel, _key, text) => text,
    acks: false,
  },
};
