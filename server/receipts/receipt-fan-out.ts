import type { Receipt, Receipts } from '../../protocol/entities.ts';
import { limits } from '../../protocol/limits.ts';
import type { Live } from '../gateway/live.ts';
import type { Log } from '../logger.ts';
import { RecentMap } from '../recent-map.ts';
import type { Storage } from '../storage/storage.ts';

export type ReceiptFanOutOptions = {
  storage: Pick<Storage, 'channels' | 'receipts'>;
  live: Live;
  /** How far the channel is delivered here; undefined where nobody has joined it. */
  head: (channel: string) => number | undefined;
  log: Log;
  now: () => number;
  /** How often a large channel is told its counts, in ms. */
  countsEveryMs?: number;
  /** How long watermarks wait for entries to go out with, in ms. */
  rideWithinMs?: number;
};

const countsEveryMs = 1_000;
const rideWithinMs = 200;
/** In a channel that had entries so lately there will be more soon; in a quiet one nothing waits. */
const busyForMs = 80;
const busyRemembered = 10_000;
/** For so long a channel is taken to be as large as it was. */
const sizeHoldsMs = 30_000;
const sizesRemembered = 10_000;

/**
 * Tells members how far the others are. In a channel of n members each of whom reads what each writes, telling everybody
 * everything costs n² a message; so a large one gets counts, once a second, and each member only the marks that they set
 * on another device.
 */
export class ReceiptFanOut {
  readonly #options: ReceiptFanOutOptions;
  readonly #sizes = new RecentMap<string, { isLarge: Promise<boolean>; until: number }>(sizesRemembered);
  /** When entries last went out. */
  readonly #busy = new RecentMap<string, number>(busyRemembered);
  readonly #waiting = new Map<string, { receipts: Map<string, Receipt>; timer: NodeJS.Timeout }>();
  readonly #due = new Map<string, { timer: NodeJS.Timeout; highest: number }>();

  constructor(options: ReceiptFanOutOptions) {
    this.#options = options;
  }

  /** Watermarks that are durable now. */
  async raised(channel: string, receipts: Receipts): Promise<void> {
    const { live } = this.#options;
    if (!(await this.#isLarge(channel))) {
      this.#wait(channel, receipts);
      return;
    }
    for (const [user, mark] of Object.entries(receipts)) live.ownReceipts(user, channel, { [user]: mark });
    this.#countLater(channel, Math.max(...Object.values(receipts).map(({ delivered }) => delivered)));
  }

  /**
   * Entries are about to go out to the channel: what waits goes with them. Both leave in one write a connection, and a write
   * is what a member costs.
   */
  ride(channel: string): void {
    this.#busy.set(channel, performance.now());
    this.#tell(channel);
  }

  #tell(channel: string): void {
    const waiting = this.#waiting.get(channel);
    if (waiting === undefined) return;
    clearTimeout(waiting.timer);
    this.#waiting.delete(channel);
    this.#options.live.receipts({ channel, receipts: Object.fromEntries(waiting.receipts) });
  }

  stop(): void {
    for (const { timer } of [...this.#due.values(), ...this.#waiting.values()]) clearTimeout(timer);
    this.#due.clear();
    this.#waiting.clear();
  }

  #wait(channel: string, receipts: Receipts): void {
    const waiting = this.#waiting.get(channel);
    if (waiting !== undefined) {
      // The later ones are the higher ones: the writer merges each with what it stands on.
      for (const [user, mark] of Object.entries(receipts)) waiting.receipts.set(user, mark);
      return;
    }
    if (performance.now() - (this.#busy.get(channel) ?? 0) > busyForMs) {
      this.#options.live.receipts({ channel, receipts });
      return;
    }
    const timer = setTimeout(() => this.#tell(channel), this.#options.rideWithinMs ?? rideWithinMs);
    this.#waiting.set(channel, { receipts: new Map(Object.entries(receipts)), timer });
  }

  #isLarge(channel: string): Promise<boolean> {
    const { log, now, storage } = this.#options;
    const known = this.#sizes.get(channel);
    if (known !== undefined && known.until > now()) return known.isLarge;
    const isLarge = storage.channels.members(channel, limits.membersListed + 1).then(
      (members) => members.length > limits.membersListed,
      (error: unknown) => {
        log.warn({ err: error, channel }, 'the size of a channel could not be read');
        this.#sizes.delete(channel);
        return true;
      },
    );
    this.#sizes.set(channel, { isLarge, until: now() + sizeHoldsMs });
    return isLarge;
  }

  #countLater(channel: string, highest: number): void {
    const due = this.#due.get(channel);
    if (due !== undefined) {
      due.highest = Math.max(due.highest, highest);
      return;
    }
    const timer = setTimeout(() => void this.#count(channel), this.#options.countsEveryMs ?? countsEveryMs);
    timer.unref();
    this.#due.set(channel, { timer, highest });
  }

  async #count(channel: string): Promise<void> {
    const { head, live, log, storage } = this.#options;
    const seq = head(channel) ?? this.#due.get(channel)?.highest ?? 0;
    this.#due.delete(channel);
    try {
      const counts = await storage.receipts.countAt(channel, seq);
      live.receipts({ channel, receipts: {}, counts: { seq, ...counts } });
    } catch (error) {
      log.warn({ err: error, channel }, 'receipts could not be counted');
    }
  }
}
