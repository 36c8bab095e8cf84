type Timer = { at: number; order: number; every: number | undefined; run: () => void };

/** Small, fast and the same everywhere: mulberry32. Answers numbers from 0 up to 1. */
export function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const real = { setImmediate: globalThis.setImmediate };

/**
 * Time of a simulation. While it is installed, all timers, clocks and dice of this process are its own, so that a run of
 * minutes takes milliseconds and the same seed always gives the same run.
 */
export class SimClock {
  readonly random: () => number;
  #now = 0;
  #order = 0;
  readonly #timers = new Set<Timer>();

  constructor(seed: number) {
    this.random = randomOf(seed);
  }

  get now(): number {
    return this.#now;
  }

  /** Returns what puts the real ones back. */
  install(): () => void {
    const start = (every: boolean) => (run: () => void, ms: number) => this.#add(run, ms, every);
    const clear = (timer: unknown) => this.#timers.delete(timer as Timer);
    const undo = [
      replace(globalThis, 'setTimeout', start(false)),
      replace(globalThis, 'setInterval', start(true)),
      replace(globalThis, 'setImmediate', (run: () => void) => this.#add(run, 0, false)),
      replace(globalThis, 'clearTimeout', clear),
      replace(globalThis, 'clearInterval', clear),
      replace(Date, 'now', () => 1_800_000_000_000 + Math.floor(this.#now)),
      replace(performance, 'now', () => this.#now),
      replace(Math, 'random', this.random),
    ];
    return () => {
      for (const put of undo) put();
    };
  }

  after(ms: number, run: () => void): void {
    this.#add(run, ms, false);
  }

  /** Anything from `from` up to `to`. */
  between(from: number, to: number): number {
    return from + this.random() * (to - from);
  }

  /** Lets that much time pass, with all that is due in it, in order. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#now = Math.max(this.#now, next.at);
      if (next.every === undefined) this.#timers.delete(next);
      else next.at += next.every;
      next.run();
      // Everything that promises make of it, to the last.
      await new Promise((drained) => real.setImmediate(drained));
    }
    this.#now = end;
  }

  #next(end: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.at > end) continue;
      if (!first || timer.at < first.at || (timer.at === first.at && timer.order < first.order)) first = timer;
    }
    return first;
  }

  #add(run: () => void, ms: number, every: boolean): Timer & { unref: () => void } {
    const delay = Math.max(0, ms || 0);
    const timer = {
      at: this.#now + delay,
      order: this.#order++,
      every: every ? Math.max(1, delay) : undefined,
      run,
      unref() {},
    };
    this.#timers.add(timer);
    return timer;
  }
}

function replace(owner: object, name: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { configurable: true, writable: true, value });
  return () => {
    if (before) Object.defineProperty(owner, name, before);
    else Reflect.deleteProperty(owner, name);
  };
}
