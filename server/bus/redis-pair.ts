import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Log } from '../logger.ts';
import { messageOf, RedisLink, within } from './redis-link.ts';

export const pairDefaults = Object.freeze({
  /** How often the watchdog sends itself a beat. Two of them unheard, and the subscriber counts as deaf: within 3 s. */
  beatMs: 1_000,
  deafAfterBeats: 2,
  /** A start waits this long for Redis, then goes on without it. */
  startTimeoutMs: 2_000,
  subscribeTimeoutMs: 3_000,
});

export type PairOptions = {
  url: string;
  /** Of the connections, as `CLIENT LIST` shows them. */
  name: string;
  log: Pick<Log, 'info' | 'warn'>;
  beatMs?: number;
  /** Subscribes to everything that is wanted; a rejection throws the connection away. */
  subscribeAll: (subscriber: Redis) => Promise<unknown>;
  receive: (channel: string, payload: string) => void;
  /** It works, proven by a beat that went all the way. `missed`: messages may have been lost since the last time. */
  up: (missed: boolean) => void;
  /** Messages get lost from now on. */
  down: () => void;
};

/**
 * A publishing and a subscribing connection to Redis, and the proof that what is published is heard: a beat to oneself.
 * Whatever goes wrong ends in one way: the connection is thrown away, a new one subscribes to everything, `up` is told.
 */
export class RedisPair {
  /** Of this instance, and like no other. */
  readonly id = randomBytes(9).toString('base64url');
  readonly #options: PairOptions;
  readonly #publisher: RedisLink;
  readonly #subscriber: RedisLink;
  readonly #beatChannel: string;
  #watchdog: NodeJS.Timeout | undefined;
  #up = false;
  #missed = false;
  #closed = false;
  /** The connection on which everything is subscribed. */
  #subscribed: Redis | undefined;
  #unheardBeats = 0;
  #beatTaken = true;
  #firstUp: (() => void) | undefined;

  constructor(options: PairOptions) {
    this.#options = options;
    this.#beatChannel = `beat:${this.id}`;
    const failed = (reason: string) => this.#failed(reason);
    this.#publisher = new RedisLink(options.url, `${options.name}-publisher`, {
      ready: () => this.#beat(),
      lost: failed,
      failed,
    });
    this.#subscriber = new RedisLink(options.url, `${options.name}-subscriber`, {
      ready: (client) => void this.#subscribe(client),
      lost: failed,
      failed,
    });
  }

  get up(): boolean {
    return this.#up;
  }

  /** Resolves when it is up, or has been tried for long enough; it goes on trying then. */
  async start(): Promise<void> {
    const firstUp = new Promise<void>((resolve) => {
      this.#firstUp = resolve;
    });
    this.#publisher.open();
    this.#subscriber.open();
    this.#watchdog = setInterval(() => this.#watch(), this.#options.beatMs ?? pairDefaults.beatMs);
    await within(pairDefaults.startTimeoutMs, firstUp).catch(() => this.#failed('no answer at the start'));
  }

  /** The connection for commands, while it is ready. */
  get publisher(): Redis | undefined {
    return this.#publisher.client;
  }

  get subscriber(): Redis | undefined {
    return this.#subscriber.client;
  }

  /** A command on this connection failed, or was not answered. Does nothing when another has taken its place. */
  suspect(client: Redis, reason: string): void {
    for (const link of [this.#publisher, this.#subscriber]) if (link.client === client) link.reset(reason);
  }

  close(): void {
    this.#closed = true;
    this.#up = false;
    clearInterval(this.#watchdog);
    this.#publisher.close();
    this.#subscriber.close();
    this.#firstUp?.();
  }

  async #subscribe(client: Redis): Promise<void> {
    this.#unheardBeats = 0;
    for (const event of ['message', 'smessage'] as const) {
      client.on(event, (channel: string, payload: string) => this.#receive(client, channel, payload));
    }
    client.on('pmessage', (_pattern, channel: string, payload: string) => this.#receive(client, channel, payload));
    try {
      const all = Promise.all([client.ssubscribe(this.#beatChannel), this.#options.subscribeAll(client)]);
      await within(pairDefaults.subscribeTimeoutMs, all);
      this.#subscribed = client;
      this.#beat();
    } catch (error) {
      this.suspect(client, messageOf(error));
    }
  }

  #receive(client: Redis, channel: string, payload: string): void {
    if (client !== this.#subscriber.client) return;
    if (channel === this.#beatChannel) this.#heard(client);
    else this.#options.receive(channel, payload);
  }

  #beat(): void {
    const client = this.#publisher.client;
    if (client === undefined) return;
    this.#beatTaken = false;
    client.spublish(this.#beatChannel, '').then(
      () => {
        this.#beatTaken = true;
      },
      (error: unknown) => this.suspect(client, messageOf(error)),
    );
  }

  #heard(client: Redis): void {
    this.#unheardBeats = 0;
    if (this.#up || client !== this.#subscribed || this.#publisher.client === undefined) return;
    const missed = this.#missed;
    this.#up = true;
    this.#missed = false;
    if (missed) this.#options.log.info({ connection: this.#options.name }, 'Redis is back');
    this.#firstUp?.();
    this.#options.up(missed);
  }

  /** Counts beats and not time: after a stall of this process the timer comes once, before what was received meanwhile is read. */
  #watch(): void {
    if (this.#publisher.client === undefined || this.#subscriber.client === undefined) return;
    if (this.#unheardBeats >= pairDefaults.deafAfterBeats) {
      this.#unheardBeats = 0;
      if (!this.#beatTaken) this.#publisher.reset('the publishing connection does not answer');
      this.#subscriber.reset('the subscribing connection is deaf');
      return;
    }
    this.#unheardBeats += 1;
    this.#beat();
  }

  #failed(reason: string): void {
    if (this.#closed) return;
    if (!this.#missed) this.#options.log.warn({ connection: this.#options.name, reason }, 'Redis is away');
    const wasUp = this.#up;
    this.#up = false;
    this.#missed = true;
    if (wasUp) this.#options.down();
  }
}
