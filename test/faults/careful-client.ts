import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { Answer, CommandName, Payload } from '../../protocol/commands.ts';
import type { Entry } from '../../protocol/entities.ts';
import type { ServerEvents } from '../../protocol/events.ts';
import { limits } from '../../protocol/limits.ts';
import type { History } from './history.ts';

type ServerSocket = Socket<ServerEvents, { [event: string]: (...args: unknown[]) => void }>;

export type CarefulClientOptions = {
  name: string;
  channel: string;
  token: string;
  /** Instances; when one is lost, the next is tried. */
  urls: readonly string[];
  history: History;
  /** The next text to send, asked for when the one before was acked; undefined = nothing for now, see `kick`. */
  next: () => string | undefined;
};

/** Sooner than a client must, so that the same key is often under way twice. */
const answerTimeoutMs = 3_000;
const redialMs = 100;

/**
 * What docs/protocol.md asks of a client, to the letter and in the least code, and a record of what it did and saw: an outbox
 * in order, one message at a time, sent again under its key; a log without a gap; `join` with `since`, `sync`, `heartbeat`.
 */
export class CarefulClient {
  readonly #options: CarefulClientOptions;
  /** All entries up to this seq were shown. */
  head = 0;
  #turn: number;
  #socket: ServerSocket | undefined;
  #outgoing: { key: string; text: string } | undefined;
  #sending = false;
  #catching = false;
  #live = false;
  #stopped = false;
  #beat: NodeJS.Timeout | undefined;

  constructor(options: CarefulClientOptions, firstUrl: number) {
    this.#options = options;
    this.#turn = firstUrl;
    options.history.shown.set(options.name, []);
    this.#dial();
  }

  /** A message is out, and its answer is not here. */
  get waiting(): boolean {
    return this.#outgoing !== undefined;
  }

  get live(): boolean {
    return this.#live;
  }

  /** The instance of the present connection. */
  get url(): string | undefined {
    return this.#options.urls[this.#turn % this.#options.urls.length];
  }

  /** There may be something to send. */
  kick(): void {
    void this.#drain();
  }

  stop(): void {
    this.#stopped = true;
    this.#leave();
  }

  #dial(): void {
    if (this.#stopped) return;
    const socket: ServerSocket = io(this.url ?? '', {
      auth: { token: this.#options.token },
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      timeout: 2_000,
    });
    this.#socket = socket;
    const lost = () => this.#lost(socket);
    socket.on('connect_error', lost);
    socket.on('disconnect', lost);
    socket.on('entries', ({ channel, entries }) => channel === this.#options.channel && this.#take(entries));
    socket.on('connect', () => {
      this.#beat = setInterval(() => void this.#heartbeat(), limits.heartbeatIntervalMs);
      void this.#join(socket);
    });
  }

  #lost(socket: ServerSocket): void {
    if (socket !== this.#socket) return;
    this.#leave();
    this.#turn += 1;
    setTimeout(() => this.#dial(), redialMs * Math.random());
  }

  #leave(): void {
    clearInterval(this.#beat);
    this.#live = false;
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  /** Undefined = no answer. */
  async #ask<Name extends CommandName>(name: Name, payload: Payload<Name>): Promise<Answer<Name> | undefined> {
    const socket = this.#socket;
    if (!socket) return undefined;
    return socket
      .timeout(answerTimeoutMs)
      .emitWithAck(name, payload)
      .catch(() => undefined);
  }

  async #join(socket: ServerSocket): Promise<void> {
    const { channel } = this.#options;
    const answer = await this.#ask('join', { channel, since: this.head });
    if (socket !== this.#socket) return;
    if (!answer?.ok) {
      // Refused for now, or silence: another instance may know more.
      if (answer === undefined) this.#lost(socket);
      else setTimeout(() => socket === this.#socket && void this.#join(socket), answer.error.retryAfterMs ?? redialMs);
      return;
    }
    this.#take(answer.entries);
    this.#live = true;
    if (answer.more) void this.#sync();
    void this.#drain();
  }

  #take(entries: readonly Entry[]): void {
    const at = performance.now();
    for (const entry of entries) {
      if (entry.seq <= this.head) continue;
      if (entry.seq > this.head + 1) return void this.#sync();
      this.head = entry.seq;
      if (entry.type !== 'message') continue;
      const { seq, key = '', sender, text } = entry;
      this.#options.history.shown.get(this.#options.name)?.push({ at, seq, key, sender: sender.id, text });
    }
  }

  async #sync(): Promise<void> {
    if (this.#catching) return;
    this.#catching = true;
    for (let more = true; more; ) {
      const answer = await this.#ask('sync', { channel: this.#options.channel, since: this.head });
      if (!answer?.ok) break;
      this.#take(answer.entries);
      more = answer.more;
    }
    this.#catching = false;
  }

  async #heartbeat(): Promise<void> {
    const { channel } = this.#options;
    const socket = this.#socket;
    const answer = await this.#ask('heartbeat', { heads: { [channel]: this.head } });
    if (answer === undefined && socket) this.#lost(socket);
    else if (answer?.ok && (answer.heads[channel] ?? 0) > this.head) void this.#sync();
  }

  async #drain(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    while (this.#live) {
      this.#outgoing ??= this.#given();
      if (this.#outgoing === undefined) break;
      await this.#send(this.#outgoing);
    }
    this.#sending = false;
  }

  async #send({ key, text }: { key: string; text: string }): Promise<void> {
    const answer = await this.#ask('send', { channel: this.#options.channel, key, text });
    if (answer?.ok) {
      this.#options.history.acks.push({ at: performance.now(), key, seq: answer.seq, id: answer.id });
      this.#outgoing = undefined;
      return;
    }
    // Refused for now. Without an answer the next attempt, under the same key, is due at once.
    if (answer) await new Promise((wait) => setTimeout(wait, answer.error.retryAfterMs ?? redialMs));
  }

  #given(): { key: string; text: string } | undefined {
    const text = this.#options.next();
    if (text === undefined) return undefined;
    const key = randomUUID();
    this.#options.history.sent.push({ at: performance.now(), sender: this.#options.name, key, text });
    return { key, text };
  }
}
