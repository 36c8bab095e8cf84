import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export type WireHandlers = {
  open: () => void;
  /** A whole frame lies in `data` from `start` to `end`; it is overwritten after the call. */
  frame: (data: Buffer, start: number, end: number) => void;
  closed: () => void;
};

/** All connections read into this one: a read is handed over before the next begins. */
const shared = Buffer.allocUnsafe(262_144);
const endOfHead = '\r\n\r\n';

/**
 * The leanest WebSocket client there is: no streams, no events, no copy of what it reads. The generator shares its machine
 * with the servers, so what it saves is theirs.
 */
export class Wire {
  readonly #socket: Socket;
  readonly #handlers: WireHandlers;
  #rest: Buffer | undefined;
  #isOpen = false;

  constructor(url: URL, handlers: WireHandlers, localAddress?: string) {
    this.#handlers = handlers;
    this.#socket = connect({
      host: url.hostname,
      port: Number(url.port),
      noDelay: true,
      ...(localAddress === undefined ? {} : { localAddress }),
      onread: {
        buffer: shared,
        callback: (bytes) => {
          this.#read(shared, bytes);
          return true;
        },
      },
    });
    this.#socket.write(
      `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}${endOfHead}`,
    );
    this.#socket.on('error', () => undefined);
    this.#socket.once('close', () => handlers.closed());
  }

  /** ASCII only. Masked with zeros, as the standard allows, so that masking costs nothing. */
  send(text: string): void {
    const { length } = text;
    const head = length < 126 ? 6 : 8;
    const frame = Buffer.allocUnsafe(head + length);
    frame[0] = 0x81;
    if (length < 126) frame[1] = 0x80 | length;
    else {
      frame[1] = 0x80 | 126;
      frame.writeUInt16BE(length, 2);
    }
    frame.fill(0, head - 4, head);
    frame.write(text, head, 'latin1');
    this.#socket.write(frame);
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(buffer: Buffer, bytes: number): void {
    const [data, end] =
      this.#rest === undefined
        ? [buffer, bytes]
        : [Buffer.concat([this.#rest, buffer.subarray(0, bytes)]), this.#rest.length + bytes];
    const at = this.#isOpen ? this.#frames(data, 0, end) : this.#head(data, end);
    this.#rest = at < end ? Buffer.from(data.subarray(at, end)) : undefined;
  }

  #head(data: Buffer, end: number): number {
    const found = data.subarray(0, end).indexOf(endOfHead);
    if (found === -1) return 0;
    if (!data.subarray(0, 12).toString('latin1').endsWith('101')) {
      this.close();
      return end;
    }
    this.#isOpen = true;
    this.#handlers.open();
    return this.#frames(data, found + endOfHead.length, end);
  }

  /** Hands over every whole frame; answers where the first unfinished one begins. */
  #frames(data: Buffer, from: number, end: number): number {
    let at = from;
    while (end - at >= 2) {
      let length = (data[at + 1] ?? 0) & 127;
      let head = 2;
      if (length === 126) {
        head = 4;
        if (end - at < head) break;
        length = data.readUInt16BE(at + 2);
      } else if (length === 127) {
        head = 10;
        if (end - at < head) break;
        length = data.readUInt32BE(at + 6);
      }
      if (end - at < head + length) break;
      this.#handlers.frame(data, at + head, at + head + length);
      at += head + length;
    }
    return at;
  }
}
