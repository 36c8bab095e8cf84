import type { Receipt, Receipts } from '../../protocol/entities.ts';
import { ChatError } from '../chat-error.ts';
import type { Log } from '../logger.ts';
import type { ReceiptStore } from '../storage/storage.ts';

export type ReceiptWriterOptions = {
  store: ReceiptStore;
  log: Log;
  now: () => number;
  /** Watermarks that are durable now: for the channel's members. */
  raised: (channel: string, receipts: Receipts) => void;
  /** Raises of this long, in ms, go into one write and one event a channel. */
  gatherMs?: number;
};

type Waiting = {
  channel: string;
  user: string;
  mark: Receipt;
  done: Promise<void>;
  settle: (error?: ChatError) => void;
};

/** Marks that may wait to be written; one more is refused, and the client's next receipt covers it. */
const waitingAtMost = 20_000;

/** Watermarks, merged by maximum while they wait: a member who reads a hundred messages in a moment costs one write. */
export class ReceiptWriter {
  readonly #options: ReceiptWriterOptions;
  #waiting = new Map<string, Waiting>();
  #running: Promise<void> | undefined;

  constructor(options: ReceiptWriterOptions) {
    this.#options = options;
  }

  /**
   * Resolves when it is durable.
   * @throws ChatError `unavailable`
   */
  raise(channel: string, user: string, mark: Receipt): Promise<void> {
    const name = `${channel} ${user}`;
    const waiting = this.#waiting.get(name);
    if (waiting !== undefined) {
      waiting.mark = {
        delivered: Math.max(waiting.mark.delivered, mark.delivered),
        read: Math.max(waiting.mark.read, mark.read),
      };
      return waiting.done;
    }
    if (this.#waiting.size >= waitingAtMost)
      return Promise.reject(new ChatError('unavailable', undefined, { retryAfterMs: 1_000 }));
    let settle: Waiting['settle'] = () => undefined;
    const done = new Promise<void>((resolve, reject) => {
      settle = (error) => (error === undefined ? resolve() : reject(error));
    });
    this.#waiting.set(name, { channel, user, mark, done, settle });
    this.#running ??= this.#run();
    return done;
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
      await this.#options.store.merge(batch.map(({ channel, user, mark }) => ({ channel, user, ...mark, at })));
    } catch (error) {
      this.#options.log.error({ err: error, receipts: batch.length }, 'receipts could not be stored');
      const refusal = new ChatError('unavailable', undefined, { retryAfterMs: 1_000, cause: error });
      for (const { settle } of batch) settle(refusal);
      return;
    }
    const raised = new Map<string, Receipts>();
    for (const { channel, user, mark } of batch) raised.set(channel, { ...raised.get(channel), [user]: mark });
    for (const [channel, receipts] of raised) this.#options.raised(channel, receipts);
    for (const { settle } of batch) settle();
  }
}
