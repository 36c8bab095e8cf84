/**
 * A map that forgets: it holds `bound` entries at the most, and always that half of them which was set last. Where they are
 * weighed, `bound` is of their weight, and each counts for as much as it weighs.
 *
 * Two maps that only grow, and of which the older one goes as a whole. A map whose entries leave it and come back as the
 * youngest makes its table anew all the time; one such table that has grown old keeps all that follow from being collected.
 */
export class RecentMap<Key, Value extends NonNullable<unknown>> {
  readonly #half: number;
  readonly #weigh: (key: Key, value: Value) => number;
  #weight = 0;
  #recent = new Map<Key, Value>();
  #earlier = new Map<Key, Value>();

  constructor(bound: number, weigh: (key: Key, value: Value) => number = () => 1) {
    this.#half = Math.ceil(bound / 2);
    this.#weigh = weigh;
  }

  get(key: Key): Value | undefined {
    return this.#recent.get(key) ?? this.#earlier.get(key);
  }

  has(key: Key): boolean {
    return this.get(key) !== undefined;
  }

  set(key: Key, value: Value): void {
    const before = this.#recent.get(key);
    if (before !== undefined) this.#weight -= this.#weigh(key, before);
    const weight = this.#weigh(key, value);
    if (this.#weight + weight > this.#half && before === undefined) {
      this.#earlier = this.#recent;
      this.#recent = new Map();
      this.#weight = 0;
    }
    this.#weight += weight;
    this.#recent.set(key, value);
  }

  delete(key: Key): void {
    const present = this.#recent.get(key);
    if (present !== undefined) this.#weight -= this.#weigh(key, present);
    this.#recent.delete(key);
    this.#earlier.delete(key);
  }
}
