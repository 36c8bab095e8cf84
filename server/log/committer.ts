import type { Entry, MessageEntry } from '../../protocol/entities.ts';
import { ChatError } from '../chat-error.ts';
import type { Log } from '../logger.ts';
import type { AppendOutcome, LogStore, NewEntry } from '../storage/storage.ts';
import { Heads } from './heads.ts';

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
  /** A write to these channels failed with its effect unknown. */
  uncertain: (channels: Iterable<string>) => void;
  observe: (batch: { entries: number; seconds: number; failed: boolean }) => void;
};

type Pending = {
  draft: Draft;
  submittedAt: number;
  resolve: (committed: Committed) => void;
  reject: (error: ChatError) => void;
};

export const committerLimits = Object.freeze({
  /** Entries in one write. */
  batch: 500,
  /** Entries that wait for a write; one more is refused as `unavailable`. */
  queue: 20_000,
  /** Characters of text in them, likewise: 20,000 long messages are too much for memory. */
  queueChars: 32_000_000,
  /** An entry that loses the race for a seq this long is refused as `unavailable`. */
  patienceMs: 5_000,
  retryAfterMs: 500,
});

/**
 * Group commit: everything that arrives while a write is under way forms the next one; an idle committer writes at once.
 * It orders what it is given: two drafts for one channel are stored in the order of their `commit` calls or, where the
 * first of them fails, the later ones that already wait fail with it.
 */
export class Committer {
  readonly #options: CommitterOptions;
  readonly #heads: Heads;
  #queue: Pending[] = [];
  #queueChars = 0;
  #running: Promise<void> | undefined;

  constructor(options: CommitterOptions) {
    this.#options = options;
    this.#heads = new Heads(options.store);
  }

  get waiting(): number {
    return this.#queue.length;
  }

  /**
   * Resolves when the entry is durable.
   * @throws ChatError `unavailable` (its fate is then unknown: commit again under the same key), `not_found` for a change without its target
   */
  commit(draft: Draft): Promise<Committed> {
    if (this.#queue.length >= committerLimits.queue || this.#queueChars >= committerLimits.queueChars) {
      return Promise.reject(unavailable('Too much is waiting to be stored.'));
    }
    return new Promise((resolve, reject) => {
      this.#queueChars += charsOf(draft);
      this.#queue.push({ draft, submittedAt: this.#options.now(), resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Another instance stored entries up to here. */
  saw(channel: string, head: number): void {
    this.#heads.raise(channel, head);
  }

  /** Waits until everything that was committed so far is stored or refused. */
  async drain(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // One turn of the event loop: whatever its sockets brought goes into the same write.
    await new Promise((turn) => setImmediate(turn));
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, committerLimits.batch);
      for (const { draft } of batch) this.#queueChars -= charsOf(draft);
      await this.#write(batch);
    }
    this.#running = undefined;
  }

  async #write(batch: Pending[]): Promise<void> {
    const started = performance.now();
    const observe = (failed: boolean) =>
      this.#options.observe({ entries: batch.length, seconds: (performance.now() - started) / 1_000, failed });
    try {
      const outcomes = await this.#options.store.append(await this.#place(batch));
      observe(false);
      this.#settle(batch, outcomes);
    } catch (error) {
      observe(true);
      this.#fail(batch, error);
    }
  }

  /** Gives each draft its place behind the head that its channel is believed to have. */
  async #place(batch: readonly Pending[]): Promise<NewEntry[]> {
    const next = await this.#heads.of(batch.map(({ draft }) => draft.channel));
    const at = this.#options.now();
    return batch.map(({ draft }) => {
      const seq = (next.get(draft.channel) ?? 0) + 1;
      next.set(draft.channel, seq);
      return draft.type === 'message'
        ? { ...draft, seq, id: this.#options.nextId(), sentAt: at }
        : { ...draft, seq, at };
    });
  }

  #settle(batch: readonly Pending[], outcomes: readonly AppendOutcome[]): void {
    const stored = new Map<string, Entry[]>();
    const again: Pending[] = [];
    const settled: (() => void)[] = [];
    batch.forEach((pending, i) => {
      const { channel } = pending.draft;
      const outcome = outcomes[i];
      switch (outcome?.kind) {
        case 'stored':
          this.#heads.raise(channel, outcome.entry.seq);
          listIn(stored, channel).push(outcome.entry);
          settled.push(() => pending.resolve(outcome));
          break;
        case 'duplicate':
          // Whoever stored it may have died before telling anybody; telling twice is harmless.
          listIn(stored, channel).push(outcome.entry);
          settled.push(() => pending.resolve(outcome));
          break;
        case 'unchanged':
          settled.push(() => pending.resolve(outcome));
          break;
        case 'missing':
          settled.push(() => pending.reject(new ChatError('not_found', 'There is no such message.')));
          break;
        default:
          this.#heads.forget(channel);
          again.push(pending);
      }
    });
    for (const [channel, entries] of stored)
      this.#options.committed(
        channel,
        entries.sort((a, b) => a.seq - b.seq),
      );
    for (const settle of settled) settle();
    this.#retry(again);
  }

  /** Before everything that waits, so that the order of a channel stays. */
  #retry(again: Pending[]): void {
    if (again.length === 0) return;
    for (const { draft } of again) this.#queueChars += charsOf(draft);
    this.#queue = again.concat(this.#queue);
    const limit = this.#options.now() - committerLimits.patienceMs;
    const late = new Set(again.filter((pending) => pending.submittedAt < limit).map(({ draft }) => draft.channel));
    if (late.size > 0)
      this.#refuse((pending) => late.has(pending.draft.channel), unavailable('Others were faster for too long.'));
  }

  #fail(batch: readonly Pending[], error: unknown): void {
    const channels = new Set(batch.map(({ draft }) => draft.channel));
    this.#options.log.error({ err: error, entries: batch.length, waiting: this.#queue.length }, 'commit failed');
    for (const channel of channels) this.#heads.forget(channel);
    const refusal = unavailable('The message could not be stored right now.');
    for (const pending of batch) pending.reject(refusal);
    // Those behind them must not overtake the ones that will be sent again.
    this.#refuse(() => true, refusal);
    this.#options.uncertain(channels);
  }

  #refuse(which: (pending: Pending) => boolean, refusal: ChatError): void {
    const refused = this.#queue.filter(which);
    this.#queue = this.#queue.filter((pending) => !which(pending));
    for (const pending of refused) {
      this.#queueChars -= charsOf(pending.draft);
      pending.reject(refusal);
    }
  }
}

function charsOf(draft: Draft): number {
  return 'text' in draft ? draft.text.length : 0;
}

function unavailable(message: string): ChatError {
  return new ChatError('unavailable', message, { retryAfterMs: committerLimits.retryAfterMs });
}

function listIn<Item>(lists: Map<string, Item[]>, name: string): Item[] {
  const list = lists.get(name) ?? [];
  lists.set(name, list);
  return list;
}
