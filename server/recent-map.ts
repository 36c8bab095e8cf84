/**
 * A map that forgets: it holds `bound` entries at the most, and always that half of them which was set last.
 *
 * Two maps that only grow, and of which the older one goes as a whole. A map whose entries leave it and come back as the
 * youngest makes its table anew all the time; one such table that has grown old keeps all that follow from being collected.
 */
export class RecentMap<Key, Value extends NonNullable<unknown>> {
  readonly #half: number;
  #recent = new Map<Key, Value>();
  #earlier = new Map<Key, Value>();

  constructor(bound: number) {
    this.#half = Math.ceil(bound / 2);
  }

  get(key: Key): Value | undefined {
    return this.#recent.get(key) ?? this.#earlier.get(key);
  }

  has(key: Key): boolean {
    return this.get(key) !== undefined;
  }

  set(key: Key, value: Value): void {
    if (this.#recent.size >= this.#half && !this.#recent.has(key)) {
      this.#earlier = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(key, value);
  }

  delete(key: Key): void {
    this.#recent.delete(key);
    this.#earlier.delete(key);
  }
}
