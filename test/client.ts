import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { Answer, CommandName, Ok, Payload } from '../protocol/commands.ts';
import type { Entry } from '../protocol/entities.ts';
import type { ServerEvents } from '../protocol/events.ts';

// Untyped towards the server on purpose: tests also send what no typed client could.
type TestSocket = Socket<ServerEvents, { [event: string]: (...args: unknown[]) => void }>;
type Waiting = { channel: string; text: string; acked: (answer: Ok<'send'>) => void };

/** A client that keeps the protocol's promises to the letter: an outbox in order, sent again under the same keys. */
export class TestClient {
  readonly socket: TestSocket;
  readonly #outbox = new Map<string, Waiting>();

  constructor(url: string, token: string, transports = ['websocket']) {
    this.socket = io(url, {
      auth: { token },
      transports,
      forceNew: true,
      reconnectionDelay: 20,
      reconnectionDelayMax: 100,
    });
    this.socket.on('connect', () => {
      for (const key of this.#outbox.keys()) this.#post(key);
    });
  }

  /** Messages that were sent and not acked. */
  get unacked(): number {
    return this.#outbox.size;
  }

  /** Rejects with the server's reason. */
  async connected(): Promise<this> {
    if (this.socket.connected) return this;
    await new Promise<void>((resolve, reject) => {
      this.socket.once('connect', resolve);
      this.socket.once('connect_error', reject);
    });
    return this;
  }

  /** One event as it is, however wrong. */
  ask(name: string, ...args: unknown[]): Promise<Answer<CommandName>> {
    return this.socket.timeout(20_000).emitWithAck(name, ...args);
  }

  /** A packet as it goes over the wire, however wrong. */
  packet(text: string): void {
    this.socket.io.engine.write(text);
  }

  /** Rejects where the server refuses. */
  async command<Name extends CommandName>(name: Name, payload: Payload<Name>): Promise<Ok<Name>> {
    const answer: Answer<Name> = await this.socket.timeout(20_000).emitWithAck(name, payload);
    if (!answer.ok) throw new Error(`${name} was refused: ${answer.error.code} ${answer.error.message}`);
    return answer;
  }

  /** Resolves with the ack, over however many connections that takes. */
  send(channel: string, text: string, key: string = randomUUID()): Promise<Ok<'send'>> {
    return new Promise((acked) => {
      this.#outbox.set(key, { channel, text, acked });
      if (this.socket.connected) this.#post(key);
    });
  }

  /** The whole log of a channel, page by page. */
  async log(channel: string): Promise<Entry[]> {
    let page: { entries: Entry[]; more: boolean } = await this.command('join', { channel, since: 0 });
    const entries = [...page.entries];
    while (page.more) {
      page = await this.command('sync', { channel, since: entries.at(-1)?.seq ?? 0 });
      entries.push(...page.entries);
    }
    return entries;
  }

  close(): void {
    this.socket.close();
  }

  #post(key: string): void {
    const waiting = this.#outbox.get(key);
    if (!waiting) return;
    const { channel, text, acked } = waiting;
    this.socket.emit('send', { channel, key, text }, (answer: Answer<'send'>) => {
      // Answered twice: the first answer counts.
      if (answer.ok && this.#outbox.delete(key)) acked(answer);
      // Refused: it stays, and goes again after a while, or with the next connection.
      if (!answer.ok) setTimeout(() => this.socket.connected && this.#post(key), answer.error.retryAfterMs ?? 500);
    });
  }
}
