import type { Redis } from 'ioredis';
import type { Presence } from '../../protocol/entities.ts';
import { messageOf, type RedisPlace, within } from '../bus/redis-link.ts';
import { RedisPair } from '../bus/redis-pair.ts';
import type { Log } from '../logger.ts';
import { Doubts } from './doubts.ts';
import { LastKnown } from './last-known.ts';
import { LeaseWriter } from './lease-writer.ts';
import { Leases } from './leases.ts';
import type { PresenceHandlers, PresenceRegistry } from './presence.ts';
import { PresenceKeys } from './presence-keys.ts';
import { Questions } from './questions.ts';
import { expiredPattern, Sweeper } from './sweeper.ts';

export type RedisPresenceOptions = {
  redis: RedisPlace;
  leaseMs: number;
  log: Pick<Log, 'info' | 'warn'>;
  now?: () => number;
  /** See `pairDefaults`. */
  beatMs?: number;
};

const closeTimeoutMs = 1_000;

/**
 * Who is online on any instance that shares the Redis. Its scripts hold the truth and announce each change to all instances;
 * while it is away, each instance goes on from what it holds itself and what it heard last.
 */
export class RedisPresence implements PresenceRegistry {
  readonly #options: RedisPresenceOptions;
  readonly #now: () => number;
  readonly #keys: PresenceKeys;
  readonly #leases: Leases;
  readonly #known = new LastKnown();
  /** Local users who have leases on other instances too. */
  readonly #elsewhere = new Set<string>();
  readonly #pair: RedisPair;
  readonly #writer: LeaseWriter;
  readonly #doubts: Doubts;
  readonly #questions: Questions;
  readonly #sweeper: Sweeper;
  #handlers: PresenceHandlers | undefined;
  #ticker: NodeJS.Timeout | undefined;

  constructor(options: RedisPresenceOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#keys = new PresenceKeys(options.redis.deployment);
    this.#leases = new Leases(options.leaseMs);
    this.#pair = new RedisPair({
      url: options.redis.url,
      name: 'meeting-chat-presence',
      log: options.log,
      ...(options.beatMs === undefined ? {} : { beatMs: options.beatMs }),
      subscribeAll: (subscriber) => {
        // Without the right to it, the sweeps do it alone.
        subscriber.psubscribe(expiredPattern).catch(() => {});
        return subscriber.subscribe(this.#keys.changes);
      },
      receive: (channel, payload) => this.#receive(channel, payload),
      up: (missed) => this.#up(missed),
      down: () => this.#down(),
    });
    const client = () => (this.#pair.up ? this.#pair.publisher : undefined);
    const failed = (connection: Redis, error: unknown) => {
      this.#pair.suspect(connection, messageOf(error));
      if (!this.#pair.up) this.#releasedAlone();
    };
    const keys = this.#keys;
    this.#writer = new LeaseWriter({
      keys,
      leaseMs: options.leaseMs,
      client,
      failed,
      renewed: (...counted) => this.#counted(...counted),
    });
    this.#sweeper = new Sweeper({ keys, leaseMs: options.leaseMs, client, failed });
    this.#questions = new Questions({ keys, client, failed });
    this.#doubts = new Doubts(options.leaseMs / 30);
  }

  async start(handlers: PresenceHandlers): Promise<void> {
    this.#handlers = handlers;
    this.#ticker = setInterval(() => this.#tick(), this.#options.leaseMs / 30);
    await this.#pair.start();
  }

  renew(user: string, connection: string): void {
    const isNew = this.#leases.renew(user, connection);
    this.#writer.renew({ user, connection });
    if (isNew) this.#writer.flushSoon();
    this.#came(user);
  }

  release(user: string, connection: string): void {
    this.#end(user, connection, 0);
  }

  async lookup(users: readonly string[]): Promise<Map<string, Presence>> {
    const answer = await this.#questions.ask(users.filter((user) => this.#leases.count(user) === 0));
    return new Map(users.map((user) => [user, this.#answered(user, answer(user))]));
  }

  heard(users: readonly string[]): Map<string, Presence> {
    return new Map(users.map((user) => [user, this.#known.of(user)]));
  }

  async close(): Promise<void> {
    clearInterval(this.#ticker);
    this.#sweeper.close();
    this.#handlers = undefined;
    for (const { user, connection } of [...this.#leases.all()]) this.release(user, connection);
    await within(closeTimeoutMs, this.#writer.flush()).catch(() => {});
    this.#pair.close();
  }

  #tick(): void {
    for (const { user, connection } of this.#leases.ended()) {
      this.#end(user, connection, this.#options.leaseMs);
      this.#handlers?.expired?.(user, connection);
    }
    void this.#writer.flush();
    const doubtful = this.#doubts.due();
    if (doubtful.length > 0) void this.#settle(doubtful);
  }

  /** `idleMs`: for how long the connection has been silent. */
  #end(user: string, connection: string, idleMs: number): void {
    if (!this.#leases.release(user, connection)) return;
    this.#writer.release({ user, connection }, idleMs);
    this.#writer.flushSoon();
    if (!this.#pair.up) this.#goneAlone(user, idleMs);
  }

  /** Without Redis: whoever was only here is gone; of who was elsewhere too, it is not known. */
  #goneAlone(user: string, idleMs: number): void {
    if (!this.#elsewhere.has(user)) this.#went(user, this.#now() - idleMs);
  }

  #receive(channel: string, payload: string): void {
    if (channel !== this.#keys.changes) {
      this.#sweeper.expired(payload);
      return;
    }
    const space = payload.indexOf(' ');
    const user = payload.slice(Math.max(space, 0) + 1);
    this.#questions.heard(user);
    if (payload.startsWith('+')) this.#came(user);
    else this.#went(user, Number(payload.slice(1, space)));
  }

  #came(user: string): void {
    this.#doubts.dispel(user);
    if (this.#known.came(user)) this.#handlers?.changed(user, { state: 'online' });
  }

  #went(user: string, lastSeen: number): void {
    // A lease here that Redis had not heard of yet; with it, the user comes again there.
    if (this.#leases.count(user) > 0) return;
    this.#elsewhere.delete(user);
    this.#doubts.dispel(user);
    if (this.#known.went(user, lastSeen)) this.#handlers?.changed(user, { state: 'offline', lastSeen });
  }

  #counted(user: string, leases: number): void {
    if (leases > this.#leases.count(user)) this.#elsewhere.add(user);
    else this.#elsewhere.delete(user);
  }

  #up(missed: boolean): void {
    for (const lease of this.#leases.all()) this.#writer.renew(lease);
    this.#writer.flushSoon();
    if (!missed) {
      this.#sweeper.open(0);
      return;
    }
    // Redis may have forgotten everything, or have let it end: nobody is gone before all instances have written their leases.
    const settleMs = this.#options.leaseMs / 3;
    this.#sweeper.open(settleMs);
    for (const user of this.#known.online()) this.#doubts.raise(user, settleMs);
    void this.#questions.everyone().then((users) => {
      for (const user of users) this.#came(user);
    });
  }

  #down(): void {
    this.#sweeper.close();
    this.#releasedAlone();
  }

  #releasedAlone(): void {
    for (const { user, idleMs } of this.#writer.releases()) this.#goneAlone(user, idleMs);
  }

  /** What Redis says of a user, beside what was heard. */
  #answered(user: string, isOnline: boolean | undefined): Presence {
    if (isOnline === undefined || this.#leases.count(user) > 0) return this.#known.of(user);
    if (isOnline) {
      this.#known.came(user);
      return { state: 'online' };
    }
    if (!this.#known.isOnline(user)) return this.#known.of(user);
    // Its announcement is on its way, or was lost.
    this.#doubts.raise(user, 0);
    return this.#sweeper.isOpen ? this.#known.offline(user) : { state: 'online' };
  }

  /** Asks again about those who may be gone. */
  async #settle(users: readonly string[]): Promise<void> {
    const answer = await this.#questions.ask(users);
    for (const user of users) {
      const isOnline = answer(user);
      if (isOnline === undefined) this.#doubts.raise(user, 0);
      else if (!isOnline && this.#known.isOnline(user)) this.#went(user, this.#now());
    }
  }
}
