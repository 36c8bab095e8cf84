import { Histogram } from './histogram.ts';
import type { LoadResult, LoadSpec } from './spec.ts';

const unanswered = 0;
const accepted = 1;
const refused = 2;

/** What became of each message: how often it arrived, when, and how it was answered. */
export class Tally {
  readonly delivery = new Histogram();
  readonly ack = new Histogram();
  readonly late = new Histogram();
  readonly refusals: { [code: string]: number } = {};
  /** When message 0 is to be sent, by `performance.now()`. */
  startsAt = 0;
  readonly #spec: LoadSpec;
  readonly #first: number;
  readonly #arrived: Uint16Array;
  readonly #answers: Uint8Array;
  #frames = 0;
  #inFrames = 0;
  #missing: number;

  constructor(spec: LoadSpec) {
    this.#spec = spec;
    this.#first = Math.round(spec.perSecond * spec.warmUpSeconds);
    const total = this.#first + Math.round(spec.perSecond * spec.seconds);
    this.#arrived = new Uint16Array(total);
    this.#answers = new Uint8Array(total);
    this.#missing = total * spec.members;
  }

  get total(): number {
    return this.#arrived.length;
  }

  /** The first message that counts. */
  get first(): number {
    return this.#first;
  }

  get complete(): boolean {
    return this.#missing <= 0;
  }

  dueAt(message: number): number {
    return this.startsAt + (message * 1_000) / this.#spec.perSecond;
  }

  sent(message: number, now: number): void {
    if (message >= this.#first) this.late.record(now - this.dueAt(message));
  }

  delivered(message: number, now: number): void {
    if (message >= this.total) return;
    this.#missing -= 1;
    this.#arrived[message] = (this.#arrived[message] ?? 0) + 1;
    if (message >= this.#first) this.delivery.record(now - this.dueAt(message));
  }

  frame(messages: number): void {
    if (messages === 0) return;
    this.#frames += 1;
    this.#inFrames += messages;
  }

  answered(message: number, refusal: string | undefined, now: number): void {
    if (message >= this.total) return;
    this.#answers[message] = refusal === undefined ? accepted : refused;
    if (refusal === undefined) {
      if (message >= this.#first) this.ack.record(now - this.dueAt(message));
      return;
    }
    this.#missing -= this.#spec.members;
    this.refusals[refusal] = (this.refusals[refusal] ?? 0) + 1;
  }

  counts(
    acks: boolean,
  ): Pick<LoadResult, 'sent' | 'expected' | 'delivered' | 'lost' | 'doubled' | 'framesPerDelivery'> {
    const { members } = this.#spec;
    const counts = { sent: 0, expected: 0, delivered: 0, lost: 0, doubled: 0 };
    for (let i = this.#first; i < this.total; i += 1) {
      const arrived = this.#arrived[i] ?? 0;
      counts.sent += 1;
      // What was refused is promised to nobody; where a refused one arrives all the same, that is no loss either.
      if (this.#answers[i] === refused) continue;
      counts.expected += members;
      counts.delivered += Math.min(arrived, members);
      counts.lost += Math.max(0, members - arrived);
      counts.doubled += Math.max(0, arrived - members);
      if (acks && arrived >= members && this.#answers[i] === unanswered) counts.lost += 1;
    }
    return { ...counts, framesPerDelivery: Number((this.#frames / Math.max(1, this.#inFrames)).toFixed(3)) };
  }
}
