import { ChatError } from '../chat-error.ts';
import type { Log } from '../logger.ts';
import type { WorkerStore } from '../storage/storage.ts';
import { maxWorker, Snowflake } from './snowflake.ts';

const workerLeaseDefaults = Object.freeze({
  /** Long against the clocks' differences and the store's outages; a crashed instance's number is free after it. */
  ttlMs: 60_000,
  /** Between attempts to get a number, while there is none. */
  retryMs: 500,
});

export type WorkerLeaseOptions = {
  workers: WorkerStore;
  /** The name of this instance, like no other's. */
  holder: string;
  log: Pick<Log, 'warn'>;
  now: () => number;
  ttlMs?: number;
  retryMs?: number;
};

/** Ends when either clock says so: the one can be set back, the other may stand still while the machine sleeps. */
type Lease = { worker: number; until: number; elapsedUntil: number };

/** Makes ids under a worker number that no other living instance makes ids under. */
export class WorkerLease {
  readonly #options: WorkerLeaseOptions;
  readonly #ttlMs: number;
  readonly #retryMs: number;
  readonly #snowflake: Snowflake;
  #lease: Lease | undefined;
  #timer: NodeJS.Timeout | undefined;
  #underWay: Promise<void> | undefined;
  #hurriedUntil = 0;
  #closed = false;
  /** The latest time that the store was told, and when. */
  #told = { wallMs: 0, elapsedMs: 0 };

  constructor(options: WorkerLeaseOptions) {
    this.#options = options;
    this.#ttlMs = options.ttlMs ?? workerLeaseDefaults.ttlMs;
    this.#retryMs = options.retryMs ?? workerLeaseDefaults.retryMs;
    this.#snowflake = new Snowflake(options.now);
  }

  /** The number, while it is surely held. */
  get worker(): number | undefined {
    const lease = this.#lease;
    if (lease === undefined || performance.now() >= lease.elapsedUntil || this.#options.now() >= lease.until)
      return undefined;
    return lease.worker;
  }

  /** Rejects when the store cannot give a number now. */
  async start(): Promise<void> {
    await this.#claim();
    this.#again(this.#ttlMs / 3);
  }

  /**
   * A new id, higher than all before it.
   * @throws ChatError `unavailable` while this instance holds no number
   */
  next(): string {
    const worker = this.worker;
    if (worker !== undefined) return this.#snowflake.next(worker);
    this.#hurry();
    throw new ChatError('unavailable', undefined, { retryAfterMs: this.#retryMs });
  }

  /** Gives the number back. Never rejects: where the store is away, the lease ends by itself. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#underWay;
    const lease = this.#lease;
    this.#lease = undefined;
    if (lease === undefined) return;
    await this.#options.workers.release(this.#options.holder, lease.worker).catch((error: unknown) => {
      this.#options.log.warn({ err: error }, 'the worker number was not given back');
    });
  }

  /** The clock leapt, or this process slept: the next renewal is not due, but it is needed. */
  #hurry(): void {
    const elapsedMs = performance.now();
    if (this.#underWay !== undefined || elapsedMs < this.#hurriedUntil) return;
    this.#hurriedUntil = elapsedMs + this.#retryMs;
    this.#again(0);
  }

  #again(delayMs: number): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#underWay = this.#keep().then((nextMs) => {
        this.#underWay = undefined;
        this.#again(nextMs);
      });
    }, delayMs);
  }

  /** Never rejects; answers when to come back. */
  async #keep(): Promise<number> {
    try {
      const worker = this.#lease?.worker;
      // One that has ended too: the store says whether anybody has had it since.
      if (worker === undefined || !(await this.#renew(worker))) await this.#claimAnother();
      return this.#ttlMs / 3;
    } catch (error) {
      this.#options.log.warn({ err: error, worker: this.worker }, 'the worker number could not be renewed');
      return this.#retryMs;
    }
  }

  async #renew(worker: number): Promise<boolean> {
    const end = this.#endFromNow();
    const renewed = await this.#options.workers.renew(this.#options.holder, worker, this.#steadyNow(), this.#ttlMs);
    if (renewed) this.#lease = { worker, ...end };
    return renewed;
  }

  async #claimAnother(): Promise<void> {
    this.#lease = undefined;
    await this.#claim();
    this.#options.log.warn({ worker: this.worker }, 'the worker number was lost; this is the new one');
  }

  async #claim(): Promise<void> {
    const end = this.#endFromNow();
    // Its own clock alone: one that only seems to be ahead would take the numbers of the living.
    this.#told = { wallMs: this.#options.now(), elapsedMs: performance.now() };
    const worker = await this.#options.workers.claim(this.#options.holder, maxWorker, this.#told.wallMs, this.#ttlMs);
    this.#lease = { worker, ...end };
  }

  /** Counted from before the request, so that it ends here before it ends in the store. */
  #endFromNow(): { until: number; elapsedUntil: number } {
    return { until: this.#options.now() + this.#ttlMs, elapsedUntil: performance.now() + this.#ttlMs };
  }

  /** Of a clock that was set back: others would see the renewed lease end too soon, and take the number. */
  #steadyNow(): number {
    const elapsedMs = performance.now();
    const wallMs = Math.max(this.#options.now(), this.#told.wallMs + elapsedMs - this.#told.elapsedMs);
    this.#told = { wallMs, elapsedMs };
    return Math.trunc(wallMs);
  }
}
