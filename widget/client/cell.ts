/** A value that can be read now and watched from now on. */
export interface Readable<T> {
  readonly value: T;
  /** Calls `listener` after every change, not for the present value. Returns what ends it. */
  subscribe(listener: (value: T) => void): () => void;
}

/** A readable value with one writer: whoever made the cell. */
export class Cell<T> implements Readable<T> {
  #value: T;
  readonly #listeners = new Set<(value: T) => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    // A copy: a listener may end its own or another subscription while it is called.
    for (const listener of [...this.#listeners]) {
      if (this.#listeners.has(listener)) listener(this.#value);
    }
  }

  subscribe(listener: (value: T) => void): () => void {
    // A function of our own, so that the same listener subscribed twice is called twice and ended one at a time.
    const entry = (value: T) => listener(value);
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }
}
