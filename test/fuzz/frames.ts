import { randomBytes } from 'node:crypto';

/** One WebSocket frame as RFC 6455 lays it out, with whatever in it is wrong. */
export type Frame = {
  opcode: number;
  payload: Buffer;
  fin?: boolean;
  /** The three reserved bits, of which none means anything here. */
  reserved?: number;
  /** A client's frames must be. */
  masked?: boolean;
  /** A length that the payload does not have. */
  claims?: bigint;
};

export const opcodes = Object.freeze({ continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 });

export function text(payload: string): Frame {
  return { opcode: opcodes.text, payload: Buffer.from(payload) };
}

export function encode({ opcode, payload, fin = true, reserved = 0, masked = true, claims }: Frame): Buffer {
  const length = claims ?? BigInt(payload.length);
  const extended = length < 126n ? Buffer.alloc(0) : Buffer.alloc(length < 65_536n ? 2 : 8);
  if (extended.length === 2) extended.writeUInt16BE(Number(length));
  if (extended.length === 8) extended.writeBigUInt64BE(length);
  const short = extended.length === 0 ? Number(length) : extended.length === 2 ? 126 : 127;
  const head = Buffer.from([(fin ? 0x80 : 0) | ((reserved & 7) << 4) | (opcode & 15), (masked ? 0x80 : 0) | short]);
  if (!masked) return Buffer.concat([head, extended, payload]);
  const mask = randomBytes(4);
  return Buffer.concat([head, extended, mask, payload.map((byte, i) => byte ^ (mask[i % 4] ?? 0))]);
}

/** The first whole frame of a server's, and what stands behind it; undefined while it is not all there. */
export function decode(bytes: Buffer): { opcode: number; payload: Buffer; rest: Buffer } | undefined {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return undefined;
  const short = second & 127;
  const from = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < from) return undefined;
  const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  if (bytes.length < from + length) return undefined;
  return { opcode: first & 15, payload: bytes.subarray(from, from + length), rest: bytes.subarray(from + length) };
}
