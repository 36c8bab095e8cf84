import { backoffDefaults, fullJitter } from './backoff.ts';
import { Cell, type Readable } from './cell.ts';
import { newKey } from './key.ts';
import { claimLeftovers } from './leftovers.ts';
import { type Draft, isHeld, type OutboxItem, type OutboxItemState, verdict } from './outbox-item.ts';
import type { OutboxAddress, OutboxStorage } from './outbox-storage.ts';
import type { FailureCode, Outcome } from './wire.ts';

export type OutboxOptions = {
  address: OutboxAddress;
  storage: OutboxStorage;
  /** Makes one attempt. */
  send(item: OutboxItem): Promise<Outcome<'send'>>;
  /** Whether an attempt has any chance now; when it gets one, `resume()` is called. */
  ready(): boolean;
  /** Why none ever will have one, unless the user is let in again; when that becomes so, `resume()` is called. */
  refusal(): FailureCode | undefined;
};

/**
 * The messages that the user has given and the server has not acked, sent in the order given, one at a time. Each has its
 * key, and is stored, before its first attempt; so whatever happens then, it is sent again under that key until the
 * server answers for it.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #items = new Cell<readonly OutboxItem[]>([]);
  readonly #stored = new Map<string, Promise<void>>();
  readonly #ends = new AbortController();
  #draining = false;
  #attempt = 0;
  #seenHead = 0;
  #wake: (() => void) | undefined;

  constructor(options: OutboxOptions) {
    this.#options = options;
    void claimLeftovers(options.address, options.storage, (left) => this.#adopt(left), this.#ends.signal);
  }

  get items(): Readable<readonly OutboxItem[]> {
    return this.#items;
  }

  /** Takes a message on; it is in `items` at once. Returns its key. */
  add(draft: Draft): string {
    const last = this.#items.value.at(-1)?.createdAt ?? 0;
    const item: OutboxItem = {
      ...draft,
      key: newKey(),
      createdAt: Math.max(Date.now(), last + 1),
      state: { name: 'sending' },
    };
    this.#items.set([...this.#items.value, item]);
    this.#store(item);
    this.#kick();
    return item.key;
  }

  /** Sends a failed message again, in its old place, under the same key. */
  retry(key: string): void {
    this.#put(key, { name: 'sending' });
    this.#kick();
  }

  /** Forgets a failed message. */
  discard(key: string): void {
    if (this.#find(key)?.state.name === 'failed') this.settle(key);
  }

  /** The message is in the log: it is acked, whether or not the ack itself came. */
  settle(key: string): void {
    if (!this.#find(key)) return;
    this.#items.set(this.#items.value.filter((item) => item.key !== key));
    this.#stored.delete(key);
    void this.#options.storage.remove(key);
  }

  /** The log is held up to `head`; what was acked up to there is in it. */
  seen(head: number): void {
    this.#seenHead = head;
    for (const { key, state } of this.#items.value) {
      if (state.name === 'sent' && state.seq <= head) this.settle(key);
    }
  }

  /** Sending has a chance again: whatever wait is under way belonged to the connection before. */
  resume(): void {
    this.#attempt = 0;
    this.#wake?.();
    // A message that waits for an organizer may have been let through or refused meanwhile: asking again finds out.
    for (const { key, state } of this.#items.value) if (isHeld(state)) this.retry(key);
    this.#kick();
  }

  /** Stops sending; what is stored stays for the next outbox of this address. */
  stop(): void {
    this.#ends.abort();
    this.#wake?.();
  }

  #kick(): void {
    const code = this.#options.refusal();
    if (code) for (const item of this.#sending()) this.#put(item.key, { name: 'failed', code });
    else if (!this.#draining) void this.#drain();
  }

  #sending(): readonly OutboxItem[] {
    return this.#items.value.filter(({ state }) => state.name === 'sending');
  }

  async #drain(): Promise<void> {
    this.#draining = true;
    for (let item = this.#next(); item; item = this.#next()) {
      // Stored first: a page that dies between the two must find it again.
      await this.#stored.get(item.key);
      if (!this.#next()) break;
      const waitMs = this.#take(item.key, await this.#options.send(item));
      if (waitMs > 0) await this.#pause(waitMs);
    }
    // In the same turn as the last look: an item that is added after it must start the next drain.
    this.#draining = false;
  }

  #next(): OutboxItem | undefined {
    if (this.#ends.signal.aborted || !this.#options.ready()) return undefined;
    return this.#sending()[0];
  }

  /** Does what the outcome asks for. Returns how long to wait before the next attempt of any message. */
  #take(key: string, outcome: Outcome<'send'>): number {
    if (outcome.ok) {
      this.#attempt = 0;
      this.#put(key, { name: 'sent', seq: outcome.seq });
      this.seen(this.#seenHead);
      return 0;
    }
    const { code, retryAfterMs } = outcome.error;
    if (verdict(code) === 'fail') {
      this.#put(key, { name: 'failed', code });
      return 0;
    }
    if (code === 'rate_limited' && retryAfterMs) this.#put(key, { name: 'sending', until: Date.now() + retryAfterMs });
    return retryAfterMs ?? fullJitter(this.#attempt++, backoffDefaults.request);
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.#wake = end;
    });
  }

  #adopt(left: readonly OutboxItem[]): Promise<void> {
    const own = new Set(this.#items.value.map(({ key }) => key));
    const adopted = left.filter(({ key }) => !own.has(key));
    this.#items.set([...adopted, ...this.#items.value].sort((a, b) => a.createdAt - b.createdAt));
    this.seen(this.#seenHead);
    // Not only to send them: what waited for an organizer is asked about, and they may have come after the connection.
    this.resume();
    const keys = new Set(adopted.map(({ key }) => key));
    const waiting = () => this.#sending().some(({ key }) => keys.has(key));
    return new Promise((resolve) => {
      const check = () => {
        if (waiting()) return;
        end();
        resolve();
      };
      const end = this.#items.subscribe(check);
      check();
    });
  }

  #put(key: string, state: OutboxItemState): void {
    const before = this.#find(key);
    if (!before) return;
    const after = { ...before, state };
    this.#items.set(this.#items.value.map((item) => (item === before ? after : item)));
    // An acked message leaves the storage at once: the server answers for it now.
    if (state.name === 'sent') void this.#options.storage.remove(key);
    else this.#store(after);
  }

  #store(item: OutboxItem): void {
    this.#stored.set(item.key, this.#options.storage.put(this.#options.address, item));
  }

  #find(key: string): OutboxItem | undefined {
    return this.#items.value.find((item) => item.key === key);
  }
}
