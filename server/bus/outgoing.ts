import type { Redis } from 'ioredis';
import { messageOf } from './redis-link.ts';

export type Parcel<Item> = { channel: string; payload: string; item: Item };

export type OutgoingOptions<Item> = {
  /** The connection to publish on, while there is one. */
  client: () => Redis | undefined;
  /** These did not go out, or may not have. */
  lost: (items: readonly Item[], reason: string, client: Redis | undefined) => void;
  maxWeight?: number;
};

/**
 * Publishes what one turn of the event loop produced as one pipeline, in one write. What Redis has not taken yet is bounded:
 * a frozen Redis costs messages, not memory.
 */
export class Outgoing<Item> {
  readonly #options: OutgoingOptions<Item>;
  readonly #maxWeight: number;
  readonly #underWay = new Set<Promise<void>>();
  #batch: Parcel<Item>[] = [];
  #weight = 0;

  constructor(options: OutgoingOptions<Item>) {
    this.#options = options;
    this.#maxWeight = options.maxWeight ?? 32_000_000;
  }

  send(parcel: Parcel<Item>): void {
    const client = this.#options.client();
    if (client === undefined || this.#weight > this.#maxWeight) {
      this.#options.lost([parcel.item], client === undefined ? 'not connected' : 'Redis takes too little', client);
      return;
    }
    this.#weight += weightOf(parcel);
    this.#batch.push(parcel);
    if (this.#batch.length === 1) setImmediate(() => this.#flush());
  }

  /** Resolves when everything that was sent so far has been taken, or lost. */
  async drain(): Promise<void> {
    this.#flush();
    await Promise.all(this.#underWay);
  }

  #flush(): void {
    const batch = this.#batch;
    if (batch.length === 0) return;
    this.#batch = [];
    const done = this.#publish(batch).finally(() => {
      this.#underWay.delete(done);
      for (const parcel of batch) this.#weight -= weightOf(parcel);
    });
    this.#underWay.add(done);
  }

  async #publish(batch: readonly Parcel<Item>[]): Promise<void> {
    const client = this.#options.client();
    const { failed, reason } = client ? await publish(client, batch) : { failed: batch, reason: 'not connected' };
    if (failed.length === 0) return;
    this.#options.lost(
      failed.map(({ item }) => item),
      reason,
      client,
    );
  }
}

/** A message costs memory beside its text while it waits for an answer: a command, its promise, its place in the pipeline. */
function weightOf(parcel: Parcel<unknown>): number {
  return parcel.payload.length + 2_000;
}

async function publish<Item>(
  client: Redis,
  batch: readonly Parcel<Item>[],
): Promise<{ failed: readonly Parcel<Item>[]; reason: string }> {
  try {
    const pipeline = client.pipeline();
    for (const { channel, payload } of batch) pipeline.spublish(channel, payload);
    const results = (await pipeline.exec()) ?? [];
    const failed = batch.filter((_, i) => results[i]?.[0] !== null);
    return { failed, reason: messageOf(results.find(([error]) => error !== null)?.[0]) };
  } catch (error) {
    return { failed: batch, reason: messageOf(error) };
  }
}
