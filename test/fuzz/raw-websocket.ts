import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { decode, encode, type Frame, opcodes, text } from './frames.ts';

export type RawOptions = {
  /** Header lines beside those of the upgrade. */
  headers?: readonly string[];
  /** Of the Engine.IO request. */
  query?: string;
};

/** A WebSocket written by hand over TCP: it sends what no library would, and keeps every byte that it gets. */
export class RawWebSocket {
  /** The status line of the answer to the upgrade. */
  status = '';
  /** Everything that came, frames and all. */
  received: Buffer = Buffer.alloc(0);
  readonly messages: string[] = [];
  readonly #socket: Socket;
  readonly #ended: Promise<unknown>;
  readonly #waiting = new Set<() => void>();
  #rest: Buffer = Buffer.alloc(0);
  #saidGoodbye = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    // The other side may cut it off at any moment; that is what the tests ask about.
    socket.on('error', () => {});
    this.#ended = new Promise((ended) => socket.once('close', ended));
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('close', () => this.#look());
  }

  /** Resolves with the answer to the upgrade, whatever it is. */
  static async open(url: string, { headers = [], query = 'EIO=4&transport=websocket' }: RawOptions = {}) {
    const { hostname, port, pathname } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) });
    const opened = new RawWebSocket(socket);
    await Promise.race([once(socket, 'connect'), opened.ended]);
    const lines = [
      `GET ${pathname}socket.io/?${query} HTTP/1.1`,
      `Host: ${hostname}:${port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      ...headers,
    ];
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    await opened.until(() => opened.status !== '');
    return opened;
  }

  /** An open connection of a valid token: as far as Socket.IO's own handshake. */
  static async authenticated(url: string, token: string, options?: RawOptions) {
    const opened = await RawWebSocket.open(url, options);
    opened.say(`40${JSON.stringify({ token })}`);
    await opened.until(() => opened.messages.some((message) => message.startsWith('40')));
    return opened;
  }

  /** Over, or said to be: the server's close frame is its last word. */
  get closed(): boolean {
    return this.#saidGoodbye || this.#socket.destroyed;
  }

  /** Resolves when the network between is cut. */
  get ended(): Promise<unknown> {
    return this.#ended;
  }

  say(message: string): void {
    this.frame(text(message));
  }

  frame(frame: Frame): void {
    this.bytes(encode(frame));
  }

  bytes(bytes: Buffer | string): void {
    if (!this.#socket.destroyed) this.#socket.write(bytes);
  }

  /** Resolves when it is so, or when the connection ends. */
  until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isSo() && !this.closed) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  async close(): Promise<void> {
    this.#socket.destroy();
    await this.#ended;
  }

  #take(chunk: Buffer): void {
    this.received = Buffer.concat([this.received, chunk]);
    this.#rest = Buffer.concat([this.#rest, chunk]);
    if (this.status === '') {
      const end = this.#rest.indexOf('\r\n\r\n');
      if (end < 0) return;
      this.status = this.#rest.subarray(0, this.#rest.indexOf('\r\n')).toString();
      this.#rest = this.#rest.subarray(end + 4);
    }
    for (let frame = decode(this.#rest); frame !== undefined; frame = decode(this.#rest)) {
      this.#rest = frame.rest;
      if (frame.opcode === opcodes.close) this.#saidGoodbye = true;
      if (frame.opcode === opcodes.text) this.messages.push(frame.payload.toString());
      // A heartbeat of Engine.IO's, which keeps the connection.
      if (frame.payload.toString() === '2') this.say('3');
    }
    this.#look();
  }

  #look(): void {
    for (const look of [...this.#waiting]) look();
  }
}
