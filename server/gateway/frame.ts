import type { EventOf, ServerEvents } from '../../protocol/events.ts';

/** What every connection takes: Socket.IO's packet, and the WebSocket frame around it. */
export type Encoded = {
  packet: string;
  options: { compress: false; wsPreEncodedFrame: [Buffer] };
};

const socketEvent = '2';
const socketAnswer = '3';
const engineMessage = '4';
/** The first byte of a frame that holds a whole text message. */
const wholeText = 0x81;

/** Encoded once, however many get it. Nothing that we send holds binary data, so nothing is searched for any. */
export function encodeEvent<Name extends keyof ServerEvents>(name: Name, payload: EventOf<Name>): Encoded {
  return encoded(`${socketEvent}${JSON.stringify([name, payload])}`);
}

/** The answer to the client's packet with this id. */
export function encodeAnswer(id: number, body: unknown): Encoded {
  return encoded(`${socketAnswer}${id}${JSON.stringify([body])}`);
}

function encoded(packet: string): Encoded {
  return { packet, options: { compress: false, wsPreEncodedFrame: [frameOf(`${engineMessage}${packet}`)] } };
}

/** Head and content in one piece: two pieces are two to hand to the network. */
function frameOf(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = wholeText;
  if (head === 2) frame[1] = length;
  else if (head === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, head, 'utf8');
  return frame;
}
