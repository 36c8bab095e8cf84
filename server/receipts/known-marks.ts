import type { Receipt, Receipts } from '../../protocol/entities.ts';
import { RecentMap } from '../recent-map.ts';
import type { ReceiptStore } from '../storage/storage.ts';

export type Mark = Receipt & { channel: string; user: string };

/** Members whose watermarks are remembered. */
const remembered = 50_000;

/** Watermarks that are known to be durable, so that none is written, or told, that is lower. */
export class KnownMarks {
  readonly #store: ReceiptStore;
  readonly #marks = new RecentMap<string, Receipt>(remembered);

  constructor(store: ReceiptStore) {
    this.#store = store;
  }

  /** Whether there is nothing to raise. */
  covers({ channel, user, delivered, read }: Mark): boolean {
    const known = this.#marks.get(nameOf(channel, user));
    return known !== undefined && known.delivered >= delivered && known.read >= read;
  }

  /** They may have been erased. */
  forget(channel: string, user: string): void {
    this.#marks.delete(nameOf(channel, user));
  }

  /** These are durable. */
  raise(marks: readonly Mark[]): void {
    for (const mark of marks) {
      const { delivered, read } = this.#above(mark);
      this.#marks.set(nameOf(mark.channel, mark.user), { delivered, read });
    }
  }

  /** Another instance made these durable. */
  heard(channel: string, receipts: Receipts): void {
    for (const [user, { delivered, read }] of Object.entries(receipts)) {
      // Of the others the store is asked when they first come here.
      if (this.#marks.has(nameOf(channel, user))) this.raise([{ channel, user, delivered, read }]);
    }
  }

  /** The marks where they raise something, each merged with what it stands on. */
  async raising(marks: readonly Mark[]): Promise<Mark[]> {
    const unknown = new Map<string, string[]>();
    for (const { channel, user } of marks) {
      if (!this.#marks.has(nameOf(channel, user))) unknown.set(channel, [...(unknown.get(channel) ?? []), user]);
    }
    await Promise.all(
      [...unknown].map(async ([channel, users]) => {
        for (const [user, { delivered, read }] of await this.#store.ofChannel(channel, users))
          this.raise([{ channel, user, delivered, read }]);
      }),
    );
    return marks.filter((mark) => !this.covers(mark)).map((mark) => this.#above(mark));
  }

  #above({ channel, user, delivered, read }: Mark): Mark {
    const known = this.#marks.get(nameOf(channel, user)) ?? { delivered: 0, read: 0 };
    return { channel, user, delivered: Math.max(known.delivered, delivered), read: Math.max(known.read, read) };
  }
}

/** No id has a space. */
export function nameOf(channel: string, user: string): string {
  return `${channel} ${user}`;
}
