import fc from 'fast-check';
import { limits } from '../../protocol/limits.ts';
import { type Frame, opcodes, text } from './frames.ts';

/** What a connection is sent, and what must come of it: it ends, or it goes on as if nothing had been. */
export type Attack = { name: string; frames: readonly Frame[]; outcome: 'ends' | 'goes on' | 'any' };

const bytes = (...values: number[]) => Buffer.from(values);
const binary = (payload: Buffer): Frame => ({ opcode: opcodes.binary, payload });
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
/** One message in so many frames. */
const fragments = (payload: string, count: number): Frame[] =>
  Array.from({ length: count }, (_, i) => ({
    opcode: i === 0 ? opcodes.text : opcodes.continuation,
    payload: Buffer.from(payload.slice((i * payload.length) / count, ((i + 1) * payload.length) / count)),
    fin: i === count - 1,
  }));

const beat = '42["heartbeat",{"heads":{}}]';

/** Against the WebSocket protocol. */
const ofWebSocket: readonly Attack[] = [
  {
    name: 'bad UTF-8',
    frames: [{ opcode: opcodes.text, payload: bytes(0x34, 0x32, 0xff, 0xfe, 0xc0) }],
    outcome: 'ends',
  },
  {
    name: 'half a surrogate pair',
    frames: [{ opcode: opcodes.text, payload: bytes(0x34, 0xed, 0xa0, 0x80) }],
    outcome: 'ends',
  },
  { name: 'an opcode that nobody gave a meaning', frames: [{ opcode: 3, payload: bytes(1) }], outcome: 'ends' },
  { name: 'a control opcode that nobody gave a meaning', frames: [{ opcode: 11, payload: bytes() }], outcome: 'ends' },
  { name: 'an unmasked frame', frames: [{ ...text(beat), masked: false }], outcome: 'ends' },
  { name: 'reserved bits', frames: [{ ...text(beat), reserved: 7 }], outcome: 'ends' },
  { name: 'a compressed frame that nobody agreed on', frames: [{ ...text(beat), reserved: 4 }], outcome: 'ends' },
  { name: 'a length past what fits', frames: [{ ...text(beat), claims: 2n ** 63n - 1n }], outcome: 'ends' },
  { name: 'a length of 4 GB', frames: [{ ...text(beat), claims: 2n ** 32n }], outcome: 'ends' },
  { name: 'a frame that never ends', frames: [{ ...text(beat), claims: 60_000n }], outcome: 'any' },
  {
    name: 'a continuation of nothing',
    frames: [{ opcode: opcodes.continuation, payload: Buffer.from(beat) }],
    outcome: 'ends',
  },
  { name: 'a message inside of another', frames: [{ ...text('42["he'), fin: false }, text(beat)], outcome: 'ends' },
  { name: 'a ping in fragments', frames: [{ opcode: opcodes.ping, payload: bytes(1), fin: false }], outcome: 'ends' },
  { name: 'a ping that is too long', frames: [{ opcode: opcodes.ping, payload: Buffer.alloc(126) }], outcome: 'ends' },
  { name: 'a close with half a code', frames: [{ opcode: opcodes.close, payload: bytes(3) }], outcome: 'ends' },
  {
    name: 'a close with a code that is none',
    frames: [{ opcode: opcodes.close, payload: bytes(0, 1) }],
    outcome: 'ends',
  },
  { name: '500 pings at once', frames: Array(500).fill({ opcode: opcodes.ping, payload: bytes(1) }), outcome: 'any' },
  { name: 'a pong that nobody asked for', frames: [{ opcode: opcodes.pong, payload: bytes(1) }], outcome: 'goes on' },
  { name: 'an event in fragments of one byte', frames: fragments(beat, beat.length), outcome: 'goes on' },
  {
    name: '1,000 empty fragments',
    frames: [...fragments('', 1_000).slice(0, -1), { opcode: 0, payload: Buffer.from('3') }],
    outcome: 'any',
  },
  {
    name: 'fragments that are too long together',
    frames: fragments('4'.repeat(limits.frameBytes + 1), 8),
    outcome: 'ends',
  },
  {
    name: 'a message that is too long',
    frames: [text(`42["send","${'x'.repeat(limits.frameBytes)}"]`)],
    outcome: 'ends',
  },
];

/** Against Engine.IO and Socket.IO. */
const ofSocketIo: readonly Attack[] = [
  { name: 'arrays nested 5,000 deep', frames: [text(`42["send",${nested(5_000)}]`)], outcome: 'goes on' },
  { name: 'arrays nested 30,000 deep', frames: [text(`42["send",${nested(30_000)}]`)], outcome: 'any' },
  { name: 'arrays nested 100,000 deep', frames: [text(`42["send",${nested(100_000)}]`)], outcome: 'ends' },
  { name: 'arrays opened 60,000 times', frames: [text(`42["send",${'['.repeat(60_000)}`)], outcome: 'ends' },
  {
    name: '__proto__',
    frames: [text('42["send",{"__proto__":{"polluted":true},"channel":"fuzzed"}]')],
    outcome: 'goes on',
  },
  { name: '__proto__ as the event', frames: [text('42["__proto__",{}]')], outcome: 'goes on' },
  { name: 'a number as the event', frames: [text('42[7,{}]')], outcome: 'any' },
  { name: 'no event', frames: [text('42[]')], outcome: 'ends' },
  { name: 'an object in the place of the arguments', frames: [text('42{"length":3}')], outcome: 'ends' },
  { name: 'an event that belongs to Socket.IO', frames: [text('42["disconnect",{}]')], outcome: 'ends' },
  { name: 'no JSON', frames: [text('42["send",')], outcome: 'ends' },
  { name: '1,000 attachments', frames: [text('451000-["send",{"_placeholder":true,"num":0}]')], outcome: 'ends' },
  { name: '1e9 attachments', frames: [text('45999999999-["send"]')], outcome: 'ends' },
  { name: 'attachments without a number', frames: [text('45-["send"]')], outcome: 'ends' },
  { name: 'an attachment that nobody announced', frames: [binary(bytes(1, 2, 3))], outcome: 'ends' },
  {
    name: 'an announced attachment that never comes',
    frames: [text('451-["send",{"_placeholder":true,"num":0}]'), text(beat)],
    outcome: 'ends',
  },
  {
    name: 'a placeholder that is out of range',
    frames: [text('451-["send",{"_placeholder":true,"num":9}]'), binary(bytes(1))],
    outcome: 'ends',
  },
  {
    name: 'a whole attachment',
    frames: [text('451-["send",{"_placeholder":true,"num":0}]'), binary(bytes(1))],
    outcome: 'goes on',
  },
  { name: 'an ack that nobody waits for', frames: [text('437[1]')], outcome: 'goes on' },
  { name: 'an ack of a number without end', frames: [text(`43${'9'.repeat(400)}[1]`)], outcome: 'any' },
  {
    name: 'a binary ack that nobody waits for',
    frames: [text('461-7[{"_placeholder":true,"num":0}]'), binary(bytes(1))],
    outcome: 'any',
  },
  { name: 'a packet of no type', frames: [text('4')], outcome: 'ends' },
  { name: 'a packet of an unknown type', frames: [text('49["send"]')], outcome: 'ends' },
  { name: 'a server’s packet', frames: [text('44{"message":"error"}')], outcome: 'ends' },
  { name: 'a second CONNECT', frames: [text('40{"token":"x"}')], outcome: 'ends' },
  { name: 'another namespace', frames: [text('40/admin,{"token":"x"}')], outcome: 'goes on' },
  { name: 'an event in another namespace', frames: [text('42/admin,["send",{}]')], outcome: 'ends' },
  { name: 'a namespace without end', frames: [text(`40/${'a'.repeat(20_000)}`)], outcome: 'any' },
  { name: 'a farewell to the namespace', frames: [text('41')], outcome: 'ends' },
  { name: 'an Engine.IO message of no type', frames: [text('')], outcome: 'any' },
  { name: 'an Engine.IO type that is none', frames: [text('9')], outcome: 'ends' },
  { name: 'an upgrade of what is a WebSocket', frames: [text('5')], outcome: 'any' },
  { name: 'a probe of what is a WebSocket', frames: [text('2probe')], outcome: 'any' },
  { name: 'an Engine.IO close', frames: [text('1')], outcome: 'any' },
];

export const attacks: readonly Attack[] = [...ofWebSocket, ...ofSocketIo];

/** Frames of any kind, most of them nearly right. */
const anyFrame: fc.Arbitrary<Frame> = fc
  .record(
    {
      opcode: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(0, 1, 2, 8, 9, 10) },
        { weight: 1, arbitrary: fc.nat(15) },
      ),
      payload: fc.oneof(
        fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
        fc
          .tuple(fc.constantFrom('42', '40', '41', '451-', '43', '4', '2', '3', '5', '6', ''), fc.json())
          .map(([type, json]) => Buffer.from(type + json)),
      ),
      fin: fc.constantFrom(true, true, true, false),
      reserved: fc.constantFrom(0, 0, 0, 0, 0, 4, 7),
      masked: fc.constantFrom(true, true, true, true, false),
      claims: fc.constantFrom(undefined, undefined, undefined, undefined, 0n, 1n, 70_000n, 2n ** 40n),
    },
    { requiredKeys: ['opcode', 'payload', 'fin', 'reserved', 'masked'] },
  )
  .map(({ claims, ...frame }) => (claims === undefined ? frame : { ...frame, claims }));

export const anyAttack: fc.Arbitrary<Attack> = fc
  .array(anyFrame, { minLength: 1, maxLength: 6 })
  .map((frames) => ({ name: 'any frames', frames, outcome: 'any' as const }));
