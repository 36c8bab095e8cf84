import type { Receipt } from '../../protocol/entities.ts';
import { verdict } from './outbox-item.ts';
import type { Outcome } from './wire.ts';

export type ReceiptSenderOptions = {
  send(mark: Receipt): Promise<Outcome<'receipt'>>;
  /** Whether sending has any chance now; when it gets one, `resume()` is called. */
  ready(): boolean;
};

/** A burst of messages becomes one receipt. */
const gatherMs = 400;
const retryMs = 3_000;

/** Tells the server how far the user has got and read, in few requests, and never less than before. */
export class ReceiptSender {
  readonly #options: ReceiptSenderOptions;
  #wanted: Receipt = { delivered: 0, read: 0 };
  #told: Receipt = { delivered: 0, read: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ReceiptSenderOptions) {
    this.#options = options;
  }

  raise({ delivered = 0, read = 0 }: Partial<Receipt>): void {
    this.#wanted = max(this.#wanted, { delivered: Math.max(delivered, read), read });
    this.resume();
  }

  /** The server knows this already. */
  known(mark: Receipt | undefined): void {
    if (mark) this.#told = max(this.#told, mark);
  }

  resume(): void {
    if (this.#timer === undefined && this.#isBehind) this.#later(gatherMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  get #isBehind(): boolean {
    return this.#wanted.delivered > this.#told.delivered || this.#wanted.read > this.#told.read;
  }

  #later(ms: number): void {
    this.#timer = setTimeout(() => void this.#send(), ms);
  }

  async #send(): Promise<void> {
    const mark = this.#wanted;
    // The timer stays as the sign that one is under way.
    const outcome = this.#isBehind && this.#options.ready() ? await this.#options.send(mark) : undefined;
    this.#timer = undefined;
    if (!outcome) return;
    if (outcome.ok || verdict(outcome.error.code) === 'fail') {
      this.known(mark);
      this.resume();
    } else this.#later(outcome.error.retryAfterMs ?? retryMs);
  }
}

function max(a: Receipt, b: Receipt): Receipt {
  return { delivered: Math.max(a.delivered, b.delivered), read: Math.max(a.read, b.read) };
}
