import type { Entry, MessageEntry } from '../../protocol/entities.ts';
import { limits } from '../../protocol/limits.ts';
import { ChatError } from '../chat-error.ts';
import type { Log } from '../logger.ts';
import type { AppendOutcome, LogStore, NewEntry, NewMessage } from '../storage/storage.ts';
import type { Heads } from './heads.ts';
import type { Turns } from './turns.ts';
import { unavailable } from './unavailable.ts';

type WithoutPlace<E> = E extends NewEntry ? Omit<E, 'seq' | 'id' | 'sentAt' | 'at'> : never;
/** An entry before the log gives it its place: seq, id and time. */
export type Draft = WithoutPlace<NewEntry>;

export type Committed =
  | { kind: 'stored'; entry: Entry }
  /** The same key was stored before: here is that message. */
  | { kind: 'duplicate'; entry: MessageEntry }
  /** It has been so since the entry with this seq. */
  | { kind: 'unchanged'; seq: number };

export type Pending = {
  readonly channel: string;
  /** Characters of its text. */
  readonly chars: number;
  readonly draft: Draft;
  readonly submittedAt: number;
  readonly resolve: (committed: Committed) => void;
  readonly reject: (error: ChatError) => void;
};

export type WriterOptions = {
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
};

/** Those that lost a race to another instance, in their order; or why all of them were refused. */
export type Written = { again: Pending[] } | { refusal: ChatError };

/** One write: gives each of a batch its place, stores them, tells what was stored, and then those who wait for it. */
export class BatchWriter {
  readonly #options: WriterOptions;
  readonly #heads: Heads;
  readonly #turns: Turns;

  constructor(options: WriterOptions, heads: Heads, turns: Turns) {
    this.#options = options;
    this.#heads = heads;
    this.#turns = turns;
  }

  /** Of channels that no other write is under way for. */
  async write(batch: readonly Pending[]): Promise<Written> {
    const started = performance.now();
    const tookMs = () => performance.now() - started;
    const observe = (failed: boolean) =>
      this.#options.observe({ entries: batch.length, seconds: tookMs() / 1_000, failed });
    try {
      const places = await this.#place(batch);
      const outcomes = await this.#options.store.append(places);
      observe(false);
      return { again: this.#settle(batch, places, outcomes, tookMs()) };
    } catch (error) {
      observe(true);
      return { refusal: this.#fail(batch, error) };
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
  ): Pending[] {
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
    return again;
  }

  #lost(channel: string, seq: number): void {
    this.#heads.lost(channel, seq);
    this.#turns.rival(channel);
    this.#options.lost(channel, seq);
  }

  #fail(batch: readonly Pending[], error: unknown): ChatError {
    const channels = new Set(batch.map(({ channel }) => channel));
    this.#options.log.error({ err: error, entries: batch.length }, 'commit failed');
    for (const channel of channels) this.#heads.forget(channel);
    const refusal = unavailable('The message could not be stored right now.');
    for (const pending of batch) pending.reject(refusal);
    this.#options.uncertain(channels);
    return refusal;
  }
}

function tooMany(): ChatError {
  return new ChatError('conflict', `A message has at most ${limits.reactions} different reactions.`);
}

function listIn<Item>(lists: Map<string, Item[]>, name: string): Item[] {
  const list = lists.get(name) ?? [];
  lists.set(name, list);
  return list;
}
