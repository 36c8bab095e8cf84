import type { Dialect } from './dialects.ts';
import { Wire } from './wire.ts';

export type MemberHandlers = {
  /** The number of the message whose text stands here. */
  delivered: (message: number) => void;
  /** An event frame ended that held as many messages. */
  frame: (messages: number) => void;
  answered: (message: number, refusal: string | undefined) => void;
  ready: () => void;
  closed: () => void;
};

/** Before the number in a message's text; nothing else that is sent holds it. */
export const marker = '~';
export const numberDigits = 9;
const markerByte = marker.charCodeAt(0);
const zero = 48;
const nine = 57;
const [open, ping, packet] = [48, 50, 52];
const [connected, event, answer] = [48, 50, 51];

/** One connection of one user to one channel. */
export class Member {
  readonly channel: string;
  readonly #wire: Wire;
  readonly #dialect: Dialect;
  readonly #handlers: MemberHandlers;
  readonly #user: string;

  constructor(options: {
    url: string;
    channel: string;
    user: string;
    dialect: Dialect;
    handlers: MemberHandlers;
    localAddress?: string;
  }) {
    const { url, channel, user, dialect, handlers, localAddress } = options;
    this.channel = channel;
    this.#user = user;
    this.#dialect = dialect;
    this.#handlers = handlers;
    this.#wire = new Wire(
      new URL(dialect.path(channel), url),
      {
        open: () => {
          if (dialect.hello === undefined) handlers.ready();
        },
        frame: dialect.hello === undefined ? (...frame) => this.#scan(...frame) : (...frame) => this.#packet(...frame),
        closed: handlers.closed,
      },
      localAddress,
    );
  }

  send(text: string): void {
    this.#wire.send(text);
  }

  close(): void {
    this.#wire.close();
  }

  #packet(data: Buffer, start: number, end: number): void {
    const type = data[start];
    if (type === ping) this.#wire.send('3');
    else if (type === open) this.#wire.send(this.#dialect.hello?.(this.channel, this.#user) ?? '');
    else if (type === packet) this.#socketPacket(data, start + 1, end);
  }

  #socketPacket(data: Buffer, start: number, end: number): void {
    const type = data[start];
    if (type === event) this.#scan(data, start, end);
    else if (type === answer) this.#answer(data, start + 1, end);
    else if (type !== connected) this.#wire.close();
    else if (this.#dialect.join === undefined) this.#handlers.ready();
    else this.#join();
  }

  #join(): void {
    this.#wire.send(this.#dialect.join?.(this.channel) ?? '');
  }

  #answer(data: Buffer, start: number, end: number): void {
    let id = 0;
    let at = start;
    for (let digit = data[at] ?? 0; digit >= zero && digit <= nine; at += 1, digit = data[at] ?? 0)
      id = id * 10 + digit - zero;
    // `[{"ok":t…` or `[{"ok":f…`
    const isOk = data[at + 7] === 't'.charCodeAt(0);
    if (id > 0) this.#handlers.answered(id, isOk ? undefined : (fieldIn(data, at, end, 'code') ?? 'unknown'));
    else if (isOk) this.#handlers.ready();
    // As every client does: a refusal under load says when to ask again.
    else setTimeout(() => this.#join(), Number(fieldIn(data, at, end, 'retryAfterMs') ?? 1_000));
  }

  /** Finds the numbers without parsing: the generator does this as often as all servers together deliver. */
  #scan(data: Buffer, start: number, end: number): void {
    let messages = 0;
    for (let at = data.indexOf(markerByte, start); at !== -1 && at < end; at = data.indexOf(markerByte, at + 1)) {
      let number = 0;
      for (let i = at + 1; i <= at + numberDigits; i += 1) number = number * 10 + (data[i] ?? zero) - zero;
      this.#handlers.delivered(number);
      messages += 1;
    }
    this.#handlers.frame(messages);
  }
}

function fieldIn(data: Buffer, start: number, end: number, name: string): string | undefined {
  return new RegExp(`"${name}":"?(\\w+)`).exec(data.subarray(start, end).toString('latin1'))?.[1];
}
