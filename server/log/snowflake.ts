/** Ids count their milliseconds from here: 2026-01-01 UTC. 41 bits of them last until 2095. */
export const snowflakeEpoch = Date.UTC(2026, 0, 1);
/** 10 bits: the highest worker number. */
export const maxWorker = 1_023;
/** 12 bits: the highest number of an id within its millisecond and worker. */
const maxSequence = 4_095;

/** An id is more than a number of JavaScript holds, so it is put together from two: the digits before and after this power. */
const split = 10_000_000;

/**
 * Ids as decimal strings: 41 bits of milliseconds, 10 of the worker's number, 12 of a sequence. Each is higher than the one
 * before, whatever the clock does: behind its own last id, or with a millisecond's sequence used up, it counts on from there.
 */
export class Snowflake {
  readonly #now: () => number;
  #worker = 0;
  /** Of the last id, since the epoch. */
  #ms = -1;
  #sequence = 0;
  #high = 0;
  #low = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  next(worker: number): string {
    const ms = this.#now() - snowflakeEpoch;
    if (ms > this.#ms) this.#begin(ms, worker);
    // Under a lower number an id of the same millisecond would be lower too.
    else if (worker !== this.#worker || this.#sequence === maxSequence) this.#begin(this.#ms + 1, worker);
    else this.#sequence += 1;
    return this.#digits();
  }

  /** What all ids of a millisecond share is computed once for them: BigInt is an order of magnitude slower than a number. */
  #begin(ms: number, worker: number): void {
    this.#ms = Math.trunc(ms);
    this.#worker = worker;
    this.#sequence = 0;
    const first = (BigInt(this.#ms) << 22n) | BigInt(worker << 12);
    this.#high = Number(first / BigInt(split));
    this.#low = Number(first % BigInt(split));
  }

  #digits(): string {
    const low = this.#low + this.#sequence;
    const [high, rest] = low < split ? [this.#high, low] : [this.#high + 1, low - split];
    // The leading 1 keeps the zeros of the lower half; it goes.
    return high === 0 ? String(rest) : `${high}${String(split + rest).slice(1)}`;
  }
}
