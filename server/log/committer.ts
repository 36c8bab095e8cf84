import type { Entry, MessageEntry } from '../../protocol/entities.ts';
import { limits } from '../../protocol/limits.ts';
import { ChatError } from '../chat-error.ts';
import type { Log } from '../logger.ts';
import type { AppendOutcome, LogStore, NewEntry, NewMessage } from '../storage/storage.ts';
import { CommitQueue } from './commit-queue.ts';
import { Heads } from './heads.ts';
import { Pace } from './pace.ts';
import { Turns } from './turns.ts';

type WithoutPlace<E> = E extends NewEntry ? Omit<E, 'seq' | 'id' | 'sentAt' | 'at'> : never;
/** An entry before the log gives it its place: seq, id and time. */
export type Draft = WithoutPlace<NewEntry>;

export type Committed =
  | { kind: 'stored'; entry: Entry }
  /** The same key was stored before: here is that message. */
  | { kind: 'duplicate'; entry: MessageEntry }
  /** It has been so since the entry with this seq. */
  | { kind: 'unchanged'; seq: number };

export type CommitterOptions = {
  store: LogStore;
  log: Log;
  /** @throws while this instance has no worker number */
  nextId: () => string;
  now: () => number;
  /** What a commit made durable, per channel in order of seq; before its senders are answered. */
  committed: (channel: string, entries: Entry[]) => void;
  /** Another instance stored the entry with this seq first. To be told to the others: the winner must learn of its rivals. */
  lost: (channel: string, seq: number) => void;
  /** A write to these channels failed with its effect unknown. */
  uncertain: (channels: Iterable<string>) => void;
  observe: (batch: { entries: number; seconds: number; failed: boolean }) => void;
  pace?: Pace;
  /** Other instances may write to the same store. */
  hasPeers?: boolean;
};

type Pending = {
  readonly channel: string;
  /** Characters of its text. */
  readonly chars: number;
  readonly draft: Draft;
  readonly submittedAt: number;
  readonly resolve: (committed: Committed) => void;
  readonly reject: (error: ChatError) => void;
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
  retryAfterMs: 500,
});

/**
 * Group commit: everything that arrives while a write is under way forms the next one; an idle committer writes at once, and
 * only a busy one waits for more (see `Pace`).
 * It orders what it is given: two drafts for one channel are stored in the order of their `commit` calls or, where the
 * first of them fails, the later ones that already wait fail with it.
 */
export class Committer {
  readonly #options: CommitterOptions;
  readonly #heads: Heads;
  readonly #queue = new CommitQueue<Pending>({ items: committerLimits.queue, chars: committerLimits.queueChars });
  readonly #turns: Turns;
  readonly #pace: Pace;
  #running: Promise<void> | undefined;
  #wake: (() => void) | undefined;
  /** The last write lost a race to another instance: the next one must come soon, or it loses again. */
  #hasLost = false;

  constructor(options: CommitterOptions) {
    this.#options = options;
    this.#heads = new Heads(options.store);
    this.#turns = new Turns(() => performance.now(), options.hasPeers ?? false);
    this.#pace = options.pace ?? new Pace();
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
      this.#queue.push({ channel, chars, draft, submittedAt: this.#options.now(), resolve, reject });
      this.#running ??= this.#run();
      if (this.#turns.waitMs(channel) === 0) this.#wake?.();
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
    return oldest === undefined ? 0 : this.#options.now() - oldest.submittedAt;
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
    while (this.#queue.size > 0) {
      const started = performance.now();
      const batch = this.#queue.take(
        { items: committerLimits.batch, chars: committerLimits.batchChars },
        (channel) => this.#turns.waitMs(channel) > 0,
      );
      if (batch.length === 0) await this.#othersTurn();
      else {
        await this.#write(batch);
        await this.#gather(started);
        if (this.#queue.size > 0) this.#pace.wrote(batch.length, performance.now() - started);
      }
    }
    this.#running = undefined;
  }

  /** Under load, the rest of the window that began with the last write. A full batch does not wait for it, nor who lost a race. */
  async #gather(since: number): Promise<void> {
    if (this.#queue.size === 0 || this.#queue.size >= committerLimits.batch || this.#hasLost) return;
    const restMs = since + this.#pace.windowMs() - performance.now();
    // And a turn of the event loop more: whatever the sockets brought while others were answered goes into the next write.
    if (restMs >= 1) await new Promise((over) => setTimeout(() => setImmediate(over), restMs));
  }

  /** All that waits is for channels in which it is the turn of other instances. */
  #othersTurn(): Promise<void> {
    const soonestMs = Math.min(...this.#queue.channels().map((channel) => this.#turns.waitMs(channel)));
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#wake?.(), soonestMs);
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
    });
  }

  async #write(batch: readonly Pending[]): Promise<void> {
    const started = performance.now();
    const tookMs = () => performance.now() - started;
    const observe = (failed: boolean) =>
      this.#options.observe({ entries: batch.length, seconds: tookMs() / 1_000, failed });
    try {
      const places = await this.#place(batch);
      const outcomes = await this.#options.store.append(places);
      observe(false);
      this.#settle(batch, places, outcomes, tookMs());
    } catch (error) {
      observe(true);
      this.#fail(batch, error);
    }
  }

  /** Gives each draft its place behind the head that its channel is believed to have. */
  async #place(batch: readonly Pending[]): Promise<NewEntry[]> {
    const next = await this.#heads.of(batch.map(({ channel }) => channel));
    const at = this.#options.now();
    return batch.map(({ channel, draft }) => {
      const seq = (next.get(channel) ?? 0) + 1;
      next.set(channel, seq);
      if (draft.type !== 'message') return { ...draft, seq, at };
      // Field by field, here and on its way into the store: what V8 copies by spread takes three times the memory, and was
      // found to outlive several collections.
      const { key, sender, text, replyTo, mentions } = draft;
      const entry: NewMessage = {
        channel,
        seq,
        type: 'message',
        id: this.#options.nextId(),
        key,
        sender,
        text,
        sentAt: at,
      };
      if (replyTo !== undefined) entry.replyTo = replyTo;
      if (mentions !== undefined) entry.mentions = mentions;
      return entry;
    });
  }

  #settle(
    batch: readonly Pending[],
    places: readonly NewEntry[],
    outcomes: readonly AppendOutcome[],
    tookMs: number,
  ): void {
    const stored = new Map<string, Entry[]>();
    const stuck = new Set<string>();
    const again: Pending[] = [];
    const settled: (() => void)[] = [];
    batch.forEach((pending, i) => {
      const { channel, resolve, reject } = pending;
      const outcome = outcomes[i] ?? { kind: 'taken' };
      if (outcome.kind === 'taken') {
        again.push(pending);
        // Behind another that was not stored it says nothing about the head.
        if (!stuck.has(channel)) this.#lost(channel, places[i]?.seq ?? 0);
      }
      if (outcome.kind !== 'stored') stuck.add(channel);
      switch (outcome.kind) {
        case 'stored':
          this.#heads.raise(channel, outcome.entry.seq);
          listIn(stored, channel).push(outcome.entry);
          settled.push(() => resolve(outcome));
          break;
        case 'duplicate':
          // Whoever stored it may have died before telling anybody; telling twice is harmless.
          listIn(stored, channel).push(outcome.entry);
          settled.push(() => resolve(outcome));
          break;
        case 'unchanged':
          settled.push(() => resolve(outcome));
          break;
        case 'missing':
          settled.push(() => reject(new ChatError('not_found', 'There is no such message.')));
          break;
        case 'full':
          settled.push(() => reject(tooMany()));
          break;
      }
    });
    for (const [channel, entries] of stored) {
      this.#turns.stored(channel, tookMs);
      entries.sort((a, b) => a.seq - b.seq);
      this.#options.committed(channel, entries);
    }
    for (const settle of settled) settle();
    this.#retry(again);
  }

  #lost(channel: string, seq: number): void {
    this.#heads.lost(channel, seq);
    this.#turns.rival(channel);
    this.#options.lost(channel, seq);
  }

  /** Before everything that waits, so that the order of a channel stays. */
  #retry(again: readonly Pending[]): void {
    this.#hasLost = again.length > 0;
    if (!this.#hasLost) return;
    this.#queue.putBack(again);
    const limit = this.#options.now() - committerLimits.patienceMs;
    const late = new Set(again.flatMap(({ channel, submittedAt }) => (submittedAt < limit ? [channel] : [])));
    if (late.size > 0)
      this.#refuse(({ channel }) => late.has(channel), unavailable('Others were faster for too long.'));
  }

  #fail(batch: readonly Pending[], error: unknown): void {
    const channels = new Set(batch.map(({ channel }) => channel));
    this.#options.log.error({ err: error, entries: batch.length, waiting: this.#queue.size }, 'commit failed');
    for (const channel of channels) this.#heads.forget(channel);
    const refusal = unavailable('The message could not be stored right now.');
    for (const pending of batch) pending.reject(refusal);
    // Those behind them must not overtake the ones that will be sent again.
    this.#refuse(() => true, refusal);
    this.#options.uncertain(channels);
  }

  #refuse(which: (pending: Pending) => boolean, refusal: ChatError): void {
    for (const { reject } of this.#queue.remove(which)) reject(refusal);
  }
}

function tooMany(): ChatError {
  return new ChatError('conflict', `A message has at most ${limits.reactions} different reactions.`);
}

function unavailable(message: string): ChatError {
  return new ChatError('unavailable', message, { retryAfterMs: committerLimits.retryAfterMs });
}

function listIn<Item>(lists: Map<string, Item[]>, name: string): Item[] {
  const list = lists.get(name) ?? [];
  lists.set(name, list);
  return list;
}
