import type { Percentiles } from './spec.ts';

const smallest = 0.01;
const step = Math.log(1.02);
const buckets = 1_024;

/** Durations in ms, each kept to within 2 %, in constant memory: recording must not cost what is being measured. */
export class Histogram {
  readonly #counts = new Float64Array(buckets);
  #total = 0;
  #max = 0;

  record(ms: number): void {
    const bucket = ms <= smallest ? 0 : Math.min(buckets - 1, Math.ceil(Math.log(ms / smallest) / step));
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#total += 1;
    if (ms > this.#max) this.#max = ms;
  }

  percentiles(): Percentiles {
    return { p50: this.#at(0.5), p99: this.#at(0.99), p999: this.#at(0.999), max: round(this.#max) };
  }

  #at(share: number): number {
    let left = this.#total * share;
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      left -= this.#counts[bucket] ?? 0;
      if (left <= 0) return round(Math.min(this.#max, smallest * Math.exp(bucket * step)));
    }
    return round(this.#max);
  }
}

function round(ms: number): number {
  return Number(ms.toPrecision(3));
}
