import { Redis } from 'ioredis';

/** A Redis, and whose it is: everything of a deployment stands under its name there, so that several may share one Redis. */
export type RedisPlace = { url: string; deployment: string };

const linkDefaults = Object.freeze({
  /** Without an answer to the first commands for this long an attempt has failed: a frozen Redis still accepts connections. */
  readyTimeoutMs: 3_000,
  retryFirstMs: 50,
  retryMaxMs: 1_000,
  /** A connection that lived this long starts the delays anew; a shorter one must not make a storm of attempts. */
  settledMs: 5_000,
});

export type LinkEvents = {
  /** A new connection is ready, nothing is subscribed on it. */
  ready: (client: Redis) => void;
  /** The ready connection is gone, and everything that was under way on it with it. */
  lost: (reason: string) => void;
  /** An attempt to connect failed. */
  failed: (reason: string) => void;
};

/**
 * One Redis connection that comes back: each attempt is a fresh client, so that no half-dead state outlives its socket.
 * Nothing is queued while it is away, and what was under way on a lost connection is rejected, never sent again.
 */
export class RedisLink {
  readonly #url: string;
  readonly #name: string;
  readonly #events: LinkEvents;
  #current: Redis | undefined;
  #readyAt: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #attempts = 0;
  #closed = false;

  constructor(url: string, name: string, events: LinkEvents) {
    this.#url = url;
    this.#name = name;
    this.#events = events;
  }

  /** The connection while it is ready. */
  get client(): Redis | undefined {
    return this.#readyAt === undefined ? undefined : this.#current;
  }

  open(): void {
    const client = new Redis(this.#url, {
      connectionName: this.#name,
      lazyConnect: true,
      enableOfflineQueue: false,
      autoResubscribe: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      retryStrategy: null,
      connectTimeout: linkDefaults.readyTimeoutMs,
      disconnectTimeout: 100,
    });
    let lastError = 'the connection was closed';
    this.#current = client;
    client.on('error', (error: Error) => {
      lastError = error.message;
    });
    client.once('ready', () => {
      if (client === this.#current) this.#ready(client);
    });
    client.once('end', () => {
      if (client === this.#current) this.reset(lastError);
    });
    this.#timer = setTimeout(() => this.reset('no answer'), linkDefaults.readyTimeoutMs);
    // Its failure is told by `end`.
    client.connect().catch(() => {});
  }

  /** Throws the connection away and begins again. Does nothing while there is none. */
  reset(reason: string): void {
    const client = this.#current;
    if (client === undefined || this.#closed) return;
    const readyAt = this.#readyAt;
    this.#drop();
    if (readyAt !== undefined && performance.now() - readyAt > linkDefaults.settledMs) this.#attempts = 0;
    this.#timer = setTimeout(() => this.open(), this.#delayMs());
    this.#attempts += 1;
    if (readyAt === undefined) this.#events.failed(reason);
    else this.#events.lost(reason);
  }

  close(): void {
    this.#closed = true;
    this.#drop();
  }

  #ready(client: Redis): void {
    clearTimeout(this.#timer);
    this.#readyAt = performance.now();
    this.#events.ready(client);
  }

  #drop(): void {
    clearTimeout(this.#timer);
    const client = this.#current;
    this.#current = undefined;
    this.#readyAt = undefined;
    client?.disconnect();
  }

  /** Jitter, so that the instances of a Redis that restarted do not all come in the same moment. */
  #delayMs(): number {
    const ceiling = Math.min(linkDefaults.retryMaxMs, linkDefaults.retryFirstMs * 2 ** this.#attempts);
    return ceiling * (0.5 + Math.random() / 2);
  }
}

/** Rejects when `promise` has not settled in time; it goes on unwatched. */
export function within<Value>(timeoutMs: number, promise: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
