import type { Redis } from 'ioredis';
import type { Log } from '../logger.ts';
import type { Bus, BusHandlers, BusMessage, Topic } from './bus.ts';
import { decode, encode } from './envelope.ts';
import { Outgoing } from './outgoing.ts';
import { messageOf, type RedisPlace, within } from './redis-link.ts';
import { RedisPair } from './redis-pair.ts';
import { Unsent } from './unsent.ts';

const redisBusDefaults = Object.freeze({
  /** Redis answers a subscription in less, or it is taken for frozen: the one who joins must not wait for it. */
  subscribeTimeoutMs: 1_500,
  /** A close waits this long for what was published. */
  drainTimeoutMs: 1_000,
  /** Topics named in one command after a reconnect. */
  subscribeChunk: 500,
});

export type RedisBusOptions = {
  redis: RedisPlace;
  log: Pick<Log, 'info' | 'warn'>;
  /** Counts messages that were not published, or may not have been. */
  lost?: (messages: number) => void;
  /** Counts messages that came and were none that this version knows. */
  malformed?: (messages: number) => void;
  /** See `pairDefaults`. */
  beatMs?: number;
};

type Published = { topic: Topic; message: BusMessage };

/** Between instances over Redis's sharded pub/sub: one Redis channel per topic, subscribed only while asked for. */
export class RedisBus implements Bus {
  readonly #options: RedisBusOptions;
  readonly #pair: RedisPair;
  readonly #outgoing: Outgoing<Published>;
  readonly #unsent = new Unsent();
  /** By their Redis channels. */
  readonly #topics = new Map<string, Topic>();
  #handlers: BusHandlers | undefined;
  #closed = false;

  constructor(options: RedisBusOptions) {
    this.#options = options;
    this.#pair = new RedisPair({
      url: options.redis.url,
      name: 'meeting-chat-bus',
      log: options.log,
      ...(options.beatMs === undefined ? {} : { beatMs: options.beatMs }),
      subscribeAll: (subscriber) => this.#subscribeAll(subscriber),
      receive: (channel, payload) => this.#receive(channel, payload),
      up: (missed) => this.#restored(missed),
      down: () => this.#handlers?.lost?.(),
    });
    this.#outgoing = new Outgoing({
      client: () => this.#pair.publisher,
      lost: (items, reason, client) => {
        this.#lost(items);
        if (client !== undefined) this.#pair.suspect(client, reason);
      },
    });
  }

  get up(): boolean {
    return this.#pair.up;
  }

  async start(handlers: BusHandlers): Promise<void> {
    this.#handlers = handlers;
    await this.#pair.start();
  }

  publish(topic: Topic, message: BusMessage): void {
    if (this.#closed) return;
    const item = { topic, message };
    if (this.#pair.publisher === undefined) {
      this.#lost([item]);
      return;
    }
    const payload = encode(this.#pair.id, message);
    if (payload === undefined) {
      this.#options.lost?.(1);
      this.#options.log.warn({ topic, kind: message.kind }, 'too large for the bus');
      return;
    }
    this.#outgoing.send({ channel: this.#channelOf(topic), payload, item });
  }

  async subscribe(topic: Topic): Promise<void> {
    const channel = this.#channelOf(topic);
    this.#topics.set(channel, topic);
    const client = this.#pair.subscriber;
    // Away: the next connection subscribes to it with all others.
    if (client === undefined) return;
    try {
      // Also when it is subscribed already: the earlier call's answer may be still to come.
      await within(redisBusDefaults.subscribeTimeoutMs, client.ssubscribe(channel));
    } catch (error) {
      this.#pair.suspect(client, messageOf(error));
    }
  }

  unsubscribe(topic: Topic): void {
    const channel = this.#channelOf(topic);
    if (!this.#topics.delete(channel)) return;
    const client = this.#pair.subscriber;
    client?.sunsubscribe(channel).catch((error: unknown) => this.#pair.suspect(client, messageOf(error)));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await within(redisBusDefaults.drainTimeoutMs, this.#outgoing.drain()).catch(() => {});
    this.#pair.close();
  }

  async #subscribeAll(subscriber: Redis): Promise<void> {
    const channels = [...this.#topics.keys()];
    const chunks: Promise<unknown>[] = [];
    for (let i = 0; i < channels.length; i += redisBusDefaults.subscribeChunk) {
      chunks.push(subscriber.ssubscribe(...channels.slice(i, i + redisBusDefaults.subscribeChunk)));
    }
    await Promise.all(chunks);
  }

  #receive(channel: string, payload: string): void {
    const topic = this.#topics.get(channel);
    // Unsubscribed, and Redis has not heard of it yet.
    if (topic === undefined || this.#closed) return;
    let message: BusMessage | undefined;
    try {
      message = decode(this.#pair.id, payload);
    } catch {
      this.#options.malformed?.(1);
      return;
    }
    if (message !== undefined) this.#handlers?.receive(topic, message);
  }

  #channelOf(topic: Topic): string {
    return `chat:${this.#options.redis.deployment}:${topic}`;
  }

  #lost(items: readonly Published[]): void {
    this.#options.lost?.(items.length);
    for (const { topic, message } of items) this.#unsent.keep(topic, message);
  }

  #restored(missed: boolean): void {
    for (const { topic, message } of this.#unsent.take()) this.publish(topic, message);
    if (missed) this.#handlers?.restored();
  }
}
