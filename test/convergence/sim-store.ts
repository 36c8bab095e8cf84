import type { AppendOutcome, LogStore, NewEntry } from '../../server/storage/storage.ts';
import { MemoryLog } from './memory-log.ts';
import type { SimClock } from './sim-clock.ts';

/** A call that the store does not answer within this is given up by its caller, and may take effect later all the same. */
const patienceMs = 5_000;
const latestEffectMs = 20_000;

/** A database on the network: slow, frozen, failing before or after the effect, or in the middle of a batch. */
export class SimStore {
  readonly log = new MemoryLog();
  readonly #clock: SimClock;
  /** The part of calls that go wrong. */
  failing = 0;
  #frozenUntil = 0;
  #writes = 0;

  constructor(clock: SimClock) {
    this.#clock = clock;
  }

  /** Writes whose effect is still to come. */
  get writing(): number {
    return this.#writes;
  }

  freeze(ms: number): void {
    this.#frozenUntil = Math.max(this.#frozenUntil, this.#clock.now + ms);
  }

  thaw(): void {
    this.#frozenUntil = 0;
  }

  /** As one instance sees it; nothing is answered to one that has died. */
  view(alive: () => boolean): Pick<LogStore, 'append' | 'heads' | 'after' | 'latest' | 'page' | 'message'> {
    const read = <Result>(look: () => Result | Promise<Result>) => this.#call(alive, look);
    const { log } = this;
    return {
      append: (batch) => this.#append(alive, batch),
      heads: (channels) => read(() => new Map(channels.map((channel) => [channel, log.entries(channel).length]))),
      after: (channel, since, limit) => read(() => copy(log.entries(channel).slice(since, since + limit))),
      latest: (channel, limit) => read(() => copy(log.entries(channel).slice(-limit))),
      page: (channel, at, limit) => read(async () => copy(await log.page(channel, at, limit))),
      message: (channel, seq) =>
        read(() => {
          const entry = log.entries(channel)[seq - 1];
          return entry?.type === 'message' ? copy(entry) : undefined;
        }),
    };
  }

  #append(alive: () => boolean, batch: readonly NewEntry[]): Promise<AppendOutcome[]> {
    const given = copy(batch);
    if (this.#clock.random() >= this.failing) {
      this.#writes += 1;
      return this.#call(alive, () => {
        this.#writes -= 1;
        return copy(this.log.append(given));
      });
    }
    // A part of it, or all, or nothing, and nobody is told; perhaps long after the caller has given up.
    this.#writes += 1;
    const part = given.slice(0, Math.floor(this.#clock.between(0, given.length + 1)));
    const late = this.#clock.random() < 0.3 ? this.#clock.between(0, latestEffectMs) : this.#delay();
    this.#clock.after(late, () => {
      this.#writes -= 1;
      this.log.append(part);
    });
    return this.#failure(alive);
  }

  #call<Result>(alive: () => boolean, effect: () => Result | Promise<Result>): Promise<Result> {
    const there = this.#delay();
    return new Promise((resolve, reject) => {
      this.#clock.after(patienceMs, () => alive() && reject(new Error('no answer')));
      this.#clock.after(there, () => {
        const result = effect();
        this.#clock.after(this.#clock.between(0, 3), () => alive() && resolve(result));
      });
    });
  }

  #failure<Result>(alive: () => boolean): Promise<Result> {
    const after = this.#clock.random() < 0.5 ? patienceMs : this.#delay();
    return new Promise((_, reject) => {
      this.#clock.after(after, () => alive() && reject(new Error('the connection was lost')));
    });
  }

  #delay(): number {
    return Math.max(0, this.#frozenUntil - this.#clock.now) + this.#clock.between(0.5, 8);
  }
}

/** Nothing that one side holds may be changed by another. */
export function copy<Value>(value: Value): Value {
  return value === undefined ? value : JSON.parse(JSON.stringify(value));
}
