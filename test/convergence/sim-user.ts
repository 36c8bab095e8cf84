import type { MessageEntry } from '../../protocol/entities.ts';
import type { ChannelSession } from '../../widget/client/channel-session.ts';
import { Client } from '../../widget/client/client.ts';
import { memoryOutbox, type OutboxStorage } from '../../widget/client/outbox-storage.ts';
import { fromFunction } from '../../widget/client/token-source.ts';
import type { Dial } from '../../widget/client/wire.ts';
import { token } from '../tokens.ts';
import type { SimClock } from './sim-clock.ts';

export const channel = 'standup';
const page = { online: true, watch: () => () => {} };

/** A person with a page, which may be reloaded; what was written and not acked waits in the browser's storage. */
export class SimUser {
  readonly name: string;
  readonly written: string[] = [];
  readonly #clock: SimClock;
  readonly #dial: Dial;
  readonly #storage: OutboxStorage;
  #client: Client;
  #session: ChannelSession;
  #news: number[] = [];

  constructor(name: string, clock: SimClock, dial: Dial) {
    this.name = name;
    this.#clock = clock;
    this.#dial = dial;
    this.#storage = slow(memoryOutbox(), clock);
    [this.#client, this.#session] = this.#open();
  }

  get state() {
    return this.#session.state.value;
  }

  /** Seqs of the messages that were announced as new since the page was loaded. */
  get news(): readonly number[] {
    return this.#news;
  }

  /** Returns whether the user could: nobody writes before the page knows who they are. */
  write(): boolean {
    const text = `${this.name} writes ${this.written.length + 1}`;
    if (this.#session.send({ text }) === undefined) return false;
    this.written.push(text);
    return true;
  }

  /** Changes one of the messages on the screen, in one of the ways there are. */
  change(): void {
    const { messages = [] } = this.state.log ?? {};
    const message = messages[Math.floor(this.#clock.random() * messages.length)];
    if (!message) return;
    const { seq, sender } = message;
    const { connection } = this.#client;
    const way = this.#clock.random();
    if (way < 0.4) void connection.request('react', { channel, seq, emoji: '👍', on: this.#clock.random() < 0.6 });
    else if (sender.id !== this.name) return;
    else if (way < 0.8) void connection.request('edit', { channel, seq, text: `${message.text}, or so` });
    else void connection.request('delete', { channel, seq });
  }

  reload(): void {
    this.#client.close();
    [this.#client, this.#session] = this.#open();
  }

  older(): void {
    void this.#session.page({ name: 'older' });
  }

  close(): void {
    this.#client.close();
  }

  #open(): [Client, ChannelSession] {
    const jwt = token({ sub: this.name });
    const client = new Client(
      { server: 'http://chat.test', source: fromFunction(() => jwt) },
      { dial: this.#dial, page, storage: this.#storage },
    );
    const session = client.join(channel);
    const news: number[] = [];
    this.#news = news;
    session.onNews((messages: readonly MessageEntry[]) => news.push(...messages.map(({ seq }) => seq)));
    return [client, session];
  }
}

/** Takes effect at once and says so later, as a browser's database does. */
function slow(storage: OutboxStorage, clock: SimClock): OutboxStorage {
  const later = <Value>(value: Value) =>
    new Promise<Value>((resolve) => {
      clock.after(clock.between(0, 10), () => resolve(value));
    });
  return {
    load: async (address) => later(await storage.load(address)),
    put: async (address, item) => later(await storage.put(address, item)),
    remove: async (key) => later(await storage.remove(key)),
  };
}
