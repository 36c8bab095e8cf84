import type { ChatError } from '../chat-error.ts';
import { spreadOver } from '../spread.ts';
import { BatchWriter, type Committed, type Draft, type Pending, type WriterOptions } from './batch-writer.ts';
import { CommitQueue } from './commit-queue.ts';
import { Heads } from './heads.ts';
import { Pace } from './pace.ts';
import { Turns } from './turns.ts';
import { unavailable } from './unavailable.ts';

export type CommitterOptions = WriterOptions & {
  pace?: Pace;
  /** Other instances may write to the same store. */
  hasPeers?: boolean;
};

export const committerLimits = Object.freeze({
  /** Entries in one write, and characters of text in them: where the store is slow, many; where they are long, fewer. */
  batch: 1_000,
  batchChars: 2_000_000,
  /** Entries that wait for a write; one more is refused as `unavailable`. */
  queue: 20_000,
  /** Characters of text in them, likewise: 20,000 long messages are too much for memory. */
  queueChars: 32_000_000,
  /** An entry that loses the race for a seq this long is refused as `unavailable`. */
  patienceMs: 5_000,
});

/**
 * Group commit: everything that arrives while a write is under way forms the next one; an idle committer writes at once, and
 * only a busy one waits for more (see `Pace`), and writes to several lanes of channels in turns.
 * It orders what it is given: two drafts for one channel are stored in the order of their `commit` calls or, where the
 * first of them fails, the later ones that already wait fail with it.
 */
export class Committer {
  readonly #now: () => number;
  readonly #heads: Heads;
  readonly #queue = new CommitQueue<Pending>({ items: committerLimits.queue, chars: committerLimits.queueChars });
  readonly #turns: Turns;
  readonly #pace: Pace;
  readonly #writer: BatchWriter;
  /** The writes under way, and the channels that they are for: a channel is in one of them at the most. */
  readonly #writes = new Set<Promise<void>>();
  readonly #writing = new Set<string>();
  #running: Promise<void> | undefined;
  #wake: (() => void) | undefined;
  /** A write lost a race to another instance: the next one must come soon, or it loses again. */
  #hasLost = false;

  constructor(options: CommitterOptions) {
    this.#now = options.now;
    this.#heads = new Heads(options.store);
    this.#turns = new Turns(() => performance.now(), options.hasPeers ?? false);
    this.#pace = options.pace ?? new Pace();
    this.#writer = new BatchWriter(options, this.#heads, this.#turns);
  }

  get waiting(): number {
    return this.#queue.size;
  }

  /**
   * Resolves when the entry is durable.
   * @throws ChatError `unavailable` (its fate is then unknown: commit again under the same key), `not_found` for a change
   *   without its target, `conflict` for one reaction too many
   */
  commit(draft: Draft): Promise<Committed> {
    if (this.#queue.full || this.#pace.isLate(this.#queue.size, this.#oldestMs()))
      return Promise.reject(unavailable('Too much is waiting to be stored.'));
    const { channel } = draft;
    const chars = 'text' in draft ? draft.text.length : 0;
    return new Promise((resolve, reject) => {
      this.#queue.push({ channel, chars, draft, submittedAt: this.#now(), resolve, reject });
      this.#running ??= this.#run();
      if (this.#mayWrite(channel)) this.#wake?.();
    });
  }

  /**
   * Whether the load is such that this one, of some, should be refused already. Apart from `commit`, whose refusals come when
   * those behind in the same turn have gone on: all of them are refused then, but of these only some.
   */
  sheds(): boolean {
    return this.#pace.sheds(this.#queue.size, this.#oldestMs());
  }

  #oldestMs(): number {
    const { oldest } = this.#queue;
    return oldest === undefined ? 0 : this.#now() - oldest.submittedAt;
  }

  /** Another instance stored entries up to here. */
  saw(channel: string, head: number): void {
    this.#heads.raise(channel, head);
    this.#turns.rival(channel);
  }

  /** Waits until everything that was committed so far is stored or refused. */
  async drain(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // One turn of the event loop: whatever its sockets brought goes into the same write.
    await new Promise((turn) => setImmediate(turn));
    let lanes = 1;
    while (this.#queue.size > 0 || this.#writes.size > 0) {
      const started = performance.now();
      const batch = this.#take(lanes);
      if (batch.length === 0) await this.#changed();
      else {
        this.#begin(batch);
        lanes = await this.#gather(started);
        if (this.#queue.size > 0) this.#pace.wrote(batch.length, performance.now() - started);
      }
    }
    this.#running = undefined;
  }

  #mayWrite(channel: string): boolean {
    return !this.#writing.has(channel) && this.#turns.waitMs(channel) === 0;
  }

  /** What waits for the channels of one lane: the one with whoever waits longest. */
  #take(lanes: number): Pending[] {
    const channels = this.#queue.channels().filter((channel) => this.#mayWrite(channel));
    const [first] = channels;
    if (first === undefined) return [];
    const lane = spreadOver(lanes, first);
    const taken = new Set(channels.filter((channel) => spreadOver(lanes, channel) === lane));
    return this.#queue.take({ items: committerLimits.batch, chars: committerLimits.batchChars }, taken);
  }

  #begin(batch: readonly Pending[]): void {
    const channels = new Set(batch.map(({ channel }) => channel));
    for (const channel of channels) this.#writing.add(channel);
    this.#pace.writes(batch);
    const write = this.#writer.write(batch).then((written) => {
      if ('again' in written) this.#retry(written.again);
      // Those behind them must not overtake the ones that will be sent again.
      else this.#refuse(() => true, written.refusal);
      for (const channel of channels) this.#writing.delete(channel);
      this.#writes.delete(write);
      this.#wake?.();
    });
    this.#writes.add(write);
  }

  /**
   * Under load, the rest of the time between two writes. A full batch does not wait for it, nor who lost a race.
   * Answers among how many lanes the next write is to choose.
   */
  async #gather(since: number): Promise<number> {
    const { everyMs, lanes } = this.#pace.rhythm();
    while (this.#writes.size >= lanes) await Promise.race(this.#writes);
    if (this.#hasLost) {
      this.#hasLost = false;
      return 1;
    }
    if (this.#queue.size === 0 || this.#queue.size >= committerLimits.batch) return lanes;
    const restMs = since + everyMs - performance.now();
    // And a turn of the event loop more: whatever the sockets brought while others were answered goes into the next write.
    if (restMs >= 1) await new Promise((over) => setTimeout(() => setImmediate(over), restMs));
    return lanes;
  }

  /** All that waits is for channels that are being written to, or in which it is the turn of other instances. */
  #changed(): Promise<void> {
    const others = this.#queue.channels().filter((channel) => !this.#writing.has(channel));
    const soonestMs = Math.min(...others.map((channel) => this.#turns.waitMs(channel)));
    return new Promise((resolve) => {
      const timer = others.length > 0 ? setTimeout(() => this.#wake?.(), soonestMs) : undefined;
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
    });
  }

  /** Before everything that waits, so that the order of a channel stays. */
  #retry(again: readonly Pending[]): void {
    if (again.length === 0) return;
    this.#hasLost = true;
    this.#queue.putBack(again);
    const limit = this.#now() - committerLimits.patienceMs;
    const late = new Set(again.flatMap(({ channel, submittedAt }) => (submittedAt < limit ? [channel] : [])));
    if (late.size > 0)
      this.#refuse(({ channel }) => late.has(channel), unavailable('Others were faster for too long.'));
  }

  #refuse(which: (pending: Pending) => boolean, refusal: ChatError): void {
    for (const { reject } of this.#queue.remove(which)) reject(refusal);
  }
}
