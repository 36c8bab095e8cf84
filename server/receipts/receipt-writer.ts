import type { Receipt, Receipts } from '../../protocol/entities.ts';
import { ChatError } from '../chat-error.ts';
import type { Log } from '../logger.ts';
import type { ReceiptStore } from '../storage/storage.ts';
import { KnownMarks, type Mark, nameOf } from './known-marks.ts';

export type ReceiptWriterOptions = {
  store: ReceiptStore;
  log: Log;
  now: () => number;
  /** Watermarks that have risen and are durable now: for the channel's members. */
  raised: (channel: string, receipts: Receipts) => void;
  /** Raises of this long, in ms, go into one write and one event a channel. */
  gatherMs?: number;
};

type Waiting = {
  mark: Mark;
  done: Promise<void>;
  settle: (error?: ChatError) => void;
};

/** Marks that may wait to be written; one more is refused, and the client's next receipt covers it. */
const waitingAtMost = 20_000;

/** Watermarks, merged by maximum while they wait: a member who reads a hundred messages in a moment costs one write. */
export class ReceiptWriter {
  readonly #options: ReceiptWriterOptions;
  readonly #known: KnownMarks;
  #waiting = new Map<string, Waiting>();
  #running: Promise<void> | undefined;

  constructor(options: ReceiptWriterOptions) {
    this.#options = options;
    this.#known = new KnownMarks(options.store);
  }

  /**
   * Resolves when it is durable.
   * @throws ChatError `unavailable`
   */
  raise(channel: string, user: string, { delivered, read }: Receipt): Promise<void> {
    const name = nameOf(channel, user);
    const waiting = this.#waiting.get(name);
    if (waiting !== undefined) {
      waiting.mark.delivered = Math.max(waiting.mark.delivered, delivered);
      waiting.mark.read = Math.max(waiting.mark.read, read);
      return waiting.done;
    }
    const mark = { channel, user, delivered, read };
    // The lower of two devices; or a client that says the same again.
    if (this.#known.covers(mark)) return Promise.resolve();
    if (this.#waiting.size >= waitingAtMost)
      return Promise.reject(new ChatError('unavailable', undefined, { retryAfterMs: 1_000 }));
    let settle: Waiting['settle'] = () => undefined;
    const done = new Promise<void>((resolve, reject) => {
      settle = (error) => (error === undefined ? resolve() : reject(error));
    });
    this.#waiting.set(name, { mark, done, settle });
    this.#running ??= this.#run();
    return done;
  }

  /** Another instance tells of watermarks that are durable. */
  heard(channel: string, receipts: Receipts): void {
    this.#known.heard(channel, receipts);
  }

  /** The user is no member any more, or was erased: the store says where they stand. */
  forget(channel: string, user: string): void {
    this.#known.forget(channel, user);
  }

  /** Waits until everything raised so far is written or refused. */
  async drain(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.size > 0) {
      await new Promise((gathered) => setTimeout(gathered, this.#options.gatherMs ?? 100));
      const batch = [...this.#waiting.values()];
      this.#waiting = new Map();
      await this.#write(batch);
    }
    this.#running = undefined;
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    const at = this.#options.now();
    try {
      const marks = await this.#known.raising(batch.map(({ mark }) => mark));
      await this.#options.store.merge(marks.map((mark) => ({ ...mark, at })));
      this.#known.raise(marks);
      this.#tell(marks);
    } catch (error) {
      this.#options.log.error({ err: error, receipts: batch.length }, 'receipts could not be stored');
      const refusal = new ChatError('unavailable', undefined, { retryAfterMs: 1_000, cause: error });
      for (const { settle } of batch) settle(refusal);
      return;
    }
    for (const { settle } of batch) settle();
  }

  #tell(marks: readonly Mark[]): void {
    const raised = new Map<string, [string, Receipt][]>();
    for (const { channel, user, delivered, read } of marks) {
      const ofChannel = raised.get(channel) ?? [];
      ofChannel.push([user, { delivered, read }]);
      raised.set(channel, ofChannel);
    }
    for (const [channel, receipts] of raised) this.#options.raised(channel, Object.fromEntries(receipts));
  }
}
