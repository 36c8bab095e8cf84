import type { Entry } from '../../protocol/entities.ts';
import { limits } from '../../protocol/limits.ts';
import type { Bus } from '../bus/bus.ts';
import { pagesOf } from '../log/pages.ts';
import type { Log } from '../logger.ts';
import type { LogStore } from '../storage/storage.ts';

/** What this instance has brought to its own sockets of one channel. */
type Feed = {
  readonly channel: string;
  /** The highest seq that was delivered; undefined until the store said where the channel stands. */
  delivered: number | undefined;
  /** Entries beyond the next one, until the ones between are here. */
  readonly early: Map<number, Entry>;
  /** Settles when the feed stands; rejects when the store did not answer. */
  started: Promise<void>;
  /** A read of what is missing, while one is under way. */
  filling: Promise<void> | undefined;
};

export type FeedsOptions = {
  store: LogStore;
  bus: Bus;
  log: Log;
  /** To all local sockets that have joined the channel; entries in order, without a gap to what went before. */
  deliver: (channel: string, entries: Entry[]) => void;
  /** How often the heads of the open channels are compared with the store's, in ms. */
  sweepMs?: number;
};

/** Entries that may wait for the ones before them; beyond it they are read from the store like the missing ones. */
const earlyAtMost = 1_000;
const retryMs = 500;
/** Below the five seconds that promise 5 allows when the bus loses entries. */
const sweepMs = 2_500;
const headsPerRead = 1_000;

/**
 * Order of delivery: whether entries come from this instance's commits, from the bus or from the store, each channel's go
 * out by seq and without a gap. What the bus loses is found by the next entry, by the sweep, and after the bus's return.
 */
export class Feeds {
  readonly #options: FeedsOptions;
  readonly #feeds = new Map<string, Feed>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #sweeper: NodeJS.Timeout;
  #sweeping: Promise<void> | undefined;

  constructor(options: FeedsOptions) {
    this.#options = options;
    this.#sweeper = setInterval(() => void this.sweep(), options.sweepMs ?? sweepMs);
    this.#sweeper.unref();
  }

  get size(): number {
    return this.#feeds.size;
  }

  /**
   * From when this resolves, every entry that the store does not hold yet will be delivered. So a socket that counts as
   * joined before, and reads the store after, misses nothing.
   */
  open(channel: string): Promise<void> {
    const present = this.#feeds.get(channel);
    if (present !== undefined) return present.started;
    const feed: Feed = {
      channel,
      delivered: undefined,
      early: new Map(),
      started: Promise.resolve(),
      filling: undefined,
    };
    this.#feeds.set(channel, feed);
    feed.started = this.#start(feed).catch((error: unknown) => {
      if (this.#feeds.get(channel) === feed) this.close(channel);
      throw error;
    });
    return feed.started;
  }

  /** The last local socket has left. */
  close(channel: string): void {
    if (this.#feeds.delete(channel)) this.#options.bus.unsubscribe(`channel:${channel}`);
  }

  /** Whether a local socket has joined the channel, or is about to. */
  isOpen(channel: string): boolean {
    return this.#feeds.has(channel);
  }

  /** How far the channel is delivered here; undefined where it is not open. */
  head(channel: string): number | undefined {
    return this.#feeds.get(channel)?.delivered;
  }

  /** Durable entries of one channel, ascending. */
  offer(channel: string, entries: readonly Entry[]): void {
    const feed = this.#feeds.get(channel);
    if (feed === undefined) return;
    const next: Entry[] = [];
    let reached = feed.delivered ?? Number.NaN;
    for (const entry of entries) {
      if (entry.seq === reached + 1) {
        next.push(entry);
        reached = entry.seq;
      } else if (!(entry.seq <= reached) && feed.early.size < earlyAtMost) feed.early.set(entry.seq, entry);
    }
    this.#advance(feed, next);
    if (feed.early.size > 0 && feed.delivered !== undefined) this.#fill(feed);
  }

  /** The store holds entries up to `head`. */
  reach(channel: string, head: number): void {
    const feed = this.#feeds.get(channel);
    if (feed?.delivered !== undefined && head > feed.delivered) this.#fill(feed);
  }

  /** The store may hold entries that nobody was told of: a write whose answer was lost. */
  doubt(channels: Iterable<string>): void {
    for (const channel of channels) {
      const feed = this.#feeds.get(channel);
      if (feed?.delivered !== undefined) this.#fill(feed);
    }
  }

  /** Compares every open channel with the store. Never rejects. */
  sweep(): Promise<void> {
    this.#sweeping ??= this.#sweep().finally(() => {
      this.#sweeping = undefined;
    });
    return this.#sweeping;
  }

  stop(): void {
    clearInterval(this.#sweeper);
    for (const timer of this.#timers) clearTimeout(timer);
    for (const channel of [...this.#feeds.keys()]) this.close(channel);
  }

  async #sweep(): Promise<void> {
    const channels = [...this.#feeds.keys()];
    for (let i = 0; i < channels.length; i += headsPerRead) {
      try {
        const heads = await this.#options.store.heads(channels.slice(i, i + headsPerRead));
        for (const [channel, head] of heads) this.reach(channel, head);
      } catch (error) {
        this.#options.log.warn({ err: error }, 'the heads of the open channels could not be read');
        return;
      }
    }
  }

  async #start(feed: Feed): Promise<void> {
    await this.#options.bus.subscribe(`channel:${feed.channel}`);
    const heads = await this.#options.store.heads([feed.channel]);
    feed.delivered = heads.get(feed.channel) ?? 0;
    this.#advance(feed, []);
    if (feed.early.size > 0) this.#fill(feed);
  }

  /** Delivers these, which follow what was delivered, and the early ones that follow them. */
  #advance(feed: Feed, next: Entry[]): void {
    // Closed while the store was asked: whoever joins now has a feed of their own, which began elsewhere.
    if (feed.delivered === undefined || this.#feeds.get(feed.channel) !== feed) return;
    let reached = feed.delivered + next.length;
    for (let early = feed.early.get(reached + 1); early !== undefined; early = feed.early.get(reached + 1)) {
      next.push(early);
      feed.early.delete(early.seq);
      reached = early.seq;
    }
    for (const seq of feed.early.keys()) if (seq <= reached) feed.early.delete(seq);
    feed.delivered = reached;
    // One frame for what a commit made durable, and no endless one after a long absence.
    for (const page of pagesOf(next)) this.#options.deliver(feed.channel, page);
  }

  #fill(feed: Feed): void {
    feed.filling ??= this.#readMissing(feed)
      .catch((error: unknown) => {
        this.#options.log.warn(
          { err: error, channel: feed.channel },
          'missing entries could not be read; trying again',
        );
        this.#after(retryMs, () => this.#fill(feed));
      })
      .finally(() => {
        feed.filling = undefined;
      });
  }

  async #readMissing(feed: Feed): Promise<void> {
    while (this.#feeds.get(feed.channel) === feed && feed.delivered !== undefined) {
      const entries = await this.#options.store.after(feed.channel, feed.delivered, limits.pageMax);
      const since = feed.delivered;
      this.#advance(
        feed,
        entries.filter((entry) => entry.seq > since),
      );
      if (entries.length < limits.pageMax) return;
    }
  }

  #after(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
  }
}
