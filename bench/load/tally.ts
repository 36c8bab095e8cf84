import { Histogram } from './histogram.ts';
import type { LoadResult } from './spec.ts';

const unanswered = 0;
const accepted = 1;
const refused = 2;

export type TallyOptions = { members: number; perSecond: number; warmUpSeconds: number; seconds: number };

/** What became of each message at one rate: how often it arrived, when, and how it was answered. */
export class Tally {
  readonly perSecond: number;
  readonly delivery = new Histogram();
  readonly ack = new Histogram();
  readonly late = new Histogram();
  readonly refusals: { [code: string]: number } = {};
  /** When message 0 is to be sent, by `performance.now()`. */
  startsAt = 0;
  readonly #members: number;
  /** Messages of earlier attempts have lower numbers. */
  readonly #base: number;
  readonly #first: number;
  readonly #arrived: Uint16Array;
  readonly #answers: Uint8Array;
  #deliveries = 0;
  #frames = 0;
  #inFrames = 0;
  #missing: number;

  constructor({ members, perSecond, warmUpSeconds, seconds }: TallyOptions, base: number) {
    this.perSecond = perSecond;
    this.#members = members;
    this.#base = base;
    this.#first = Math.round(perSecond * warmUpSeconds);
    const total = this.#first + Math.round(perSecond * seconds);
    this.#arrived = new Uint16Array(total);
    this.#answers = new Uint8Array(total);
    this.#missing = total * members;
  }

  /** The number of the first message that is sent. */
  get from(): number {
    return this.#base;
  }

  /** The number of the first message that counts. */
  get first(): number {
    return this.#base + this.#first;
  }

  /** Behind that of the last. */
  get end(): number {
    return this.#base + this.#arrived.length;
  }

  /** So far, of any message at this rate. */
  get deliveries(): number {
    return this.#deliveries;
  }

  get complete(): boolean {
    return this.#missing <= 0;
  }

  dueAt(message: number): number {
    return this.startsAt + ((message - this.#base) * 1_000) / this.perSecond;
  }

  sent(message: number, now: number): void {
    if (message >= this.first) this.late.record(now - this.dueAt(message));
  }

  delivered(message: number, now: number): void {
    const place = message - this.#base;
    const before = this.#arrived[place];
    // Of an earlier rate, which was counted without it.
    if (before === undefined) return;
    this.#missing -= 1;
    this.#deliveries += 1;
    this.#arrived[place] = before + 1;
    if (place >= this.#first) this.delivery.record(now - this.dueAt(message));
  }

  frame(messages: number): void {
    if (messages === 0) return;
    this.#frames += 1;
    this.#inFrames += messages;
  }

  answered(message: number, refusal: string | undefined, now: number): void {
    const place = message - this.#base;
    if (place < 0 || place >= this.#answers.length) return;
    this.#answers[place] = refusal === undefined ? accepted : refused;
    if (refusal === undefined) {
      if (place >= this.#first) this.ack.record(now - this.dueAt(message));
      return;
    }
    this.#missing -= this.#members;
    if (place >= this.#first) this.refusals[refusal] = (this.refusals[refusal] ?? 0) + 1;
  }

  counts(
    acks: boolean,
  ): Pick<LoadResult, 'sent' | 'expected' | 'delivered' | 'lost' | 'doubled' | 'framesPerDelivery'> {
    const members = this.#members;
    const counts = { sent: 0, expected: 0, delivered: 0, lost: 0, doubled: 0 };
    for (let i = this.#first; i < this.#arrived.length; i += 1) {
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
