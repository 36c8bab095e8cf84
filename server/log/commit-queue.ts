/** What waits to be stored, in the order in which it came; bounded by number and by characters of text. */
export type Waiting = { readonly channel: string; readonly chars: number };

export class CommitQueue<Item extends Waiting> {
  readonly #bound: { items: number; chars: number };
  #items: Item[] = [];
  #chars = 0;

  constructor(bound: { items: number; chars: number }) {
    this.#bound = bound;
  }

  get size(): number {
    return this.#items.length;
  }

  get oldest(): Item | undefined {
    return this.#items[0];
  }

  get full(): boolean {
    return this.#items.length >= this.#bound.items || this.#chars >= this.#bound.chars;
  }

  /** Those that something waits for, the one with the oldest first. */
  channels(): string[] {
    const names = new Set<string>();
    for (const { channel } of this.#items) names.add(channel);
    return [...names];
  }

  push(item: Item): void {
    this.#items.push(item);
    this.#chars += item.chars;
  }

  /** Before everything that waits, also when it is full: these were in it before. */
  putBack(items: readonly Item[]): void {
    this.#items = items.concat(this.#items);
    for (const { chars } of items) this.#chars += chars;
  }

  /** The first ones of these channels, up to either bound. */
  take(most: { items: number; chars: number }, channels: ReadonlySet<string>): Item[] {
    const taken: Item[] = [];
    const left: Item[] = [];
    let chars = 0;
    for (const item of this.#items) {
      const fits = taken.length < most.items && chars < most.chars;
      if (fits && channels.has(item.channel)) {
        taken.push(item);
        chars += item.chars;
      } else left.push(item);
    }
    this.#items = left;
    this.#chars -= chars;
    return taken;
  }

  /** All that `which` says, out of it. */
  remove(which: (item: Item) => boolean): Item[] {
    const removed = this.#items.filter(which);
    if (removed.length > 0) this.#items = this.#items.filter((item) => !which(item));
    for (const { chars } of removed) this.#chars -= chars;
    return removed;
  }
}
