import type { BusMessage } from './bus.ts';

/** A larger message is not worth its way through Redis to every instance: they read the store instead. */
const envelopeBytes = 256_000;

/**
 * A message as it travels: the sender's id, a space, JSON. The id stands outside of the JSON so that an instance can pass
 * over its own messages, half of all it hears where there are two instances, without parsing them.
 * Undefined when it is too large and has no shorter form.
 */
export function encode(sender: string, message: BusMessage): string | undefined {
  const payload = `${sender} ${JSON.stringify(message)}`;
  if (fits(payload)) return payload;
  const last = message.kind === 'entries' ? message.entries.at(-1) : undefined;
  if (message.kind !== 'entries' || last === undefined) return undefined;
  return encode(sender, { kind: 'head', channel: message.channel, head: last.seq });
}

/** Undefined for the instance's own messages. @throws when it is no message */
export function decode(self: string, payload: string): BusMessage | undefined {
  const end = payload.indexOf(' ');
  if (end === self.length && payload.startsWith(self)) return undefined;
  const message: unknown = JSON.parse(payload.slice(end + 1));
  if (!isMessage(message)) throw new Error('not a message of the bus');
  return message;
}

function fits(payload: string): boolean {
  // A character of a string is at most three bytes of UTF-8: most messages need not be measured.
  return payload.length * 3 <= envelopeBytes || Buffer.byteLength(payload) <= envelopeBytes;
}

const eventNames: readonly unknown[] = ['receipts', 'presence', 'typing', 'channel', 'refused'];

/** The shape only: instances trust each other, but a newer one may say what this one does not know. */
function isMessage(value: unknown): value is BusMessage {
  if (!isObject(value)) return false;
  switch (value.kind) {
    case 'entries':
      return isText(value.channel) && Array.isArray(value.entries) && value.entries.every(isEntry);
    case 'head':
      return isText(value.channel) && isSeq(value.head);
    case 'event':
      return eventNames.includes(value.name) && isObject(value.payload);
    case 'access':
    case 'removed':
      return isText(value.channel) && isText(value.user);
    case 'deleted':
    case 'held':
      return isText(value.channel);
    case 'blocks':
      return isText(value.user);
    case 'invited':
      return isText(value.channel) && isSeq(value.since);
    default:
      return false;
  }
}

function isEntry(value: unknown): boolean {
  return isObject(value) && isSeq(value.seq) && isText(value.type);
}

function isObject(value: unknown): value is { [field: string]: unknown } {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isSeq(value: unknown): boolean {
  return Number.isSafeInteger(value);
}
