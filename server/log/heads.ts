import { RecentMap } from '../recent-map.ts';
import type { LogStore } from '../storage/storage.ts';

/** As many channels are remembered; the one that was longest without a message is forgotten first. */
const remembered = 50_000;

/**
 * What this instance believes to be the head of each channel that it writes to. A belief that is too low costs a lost race
 * and a read; the store's unique index decides.
 */
export class Heads {
  readonly #store: LogStore;
  readonly #heads = new RecentMap<string, number>(remembered);

  constructor(store: LogStore) {
    this.#store = store;
  }

  /** The believed head of each of these; one read for all that are not remembered. */
  async of(channels: readonly string[]): Promise<Map<string, number>> {
    const wanted = new Set(channels);
    const unknown = [...wanted].filter((channel) => !this.#heads.has(channel));
    if (unknown.length > 0) for (const [channel, head] of await this.#store.heads(unknown)) this.raise(channel, head);
    return new Map([...wanted].map((channel) => [channel, this.#heads.get(channel) ?? 0]));
  }

  /** The log reaches at least this far, durably. */
  raise(channel: string, head: number): void {
    this.#heads.set(channel, Math.max(this.#heads.get(channel) ?? 0, head));
  }

  /** This place was taken. A belief that reaches so far was raised since, by whoever took it; any other is too low. */
  lost(channel: string, seq: number): void {
    if ((this.#heads.get(channel) ?? 0) < seq) this.forget(channel);
  }

  forget(channel: string): void {
    this.#heads.delete(channel);
  }
}
