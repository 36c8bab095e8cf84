import type { Log } from '../logger.ts';
import type { AuditRecord, AuditStore } from '../storage/storage.ts';

/** A denied act that is tried over and over is one record with a count. */
type Act = Omit<AuditRecord, 'at' | 'times'>;

const gatherMs = 1_000;
/** Different acts that may wait; of a flood of different ones, the rest is counted in the log of the process. */
const waitingAtMost = 5_000;

/** Writes down who was denied what, and who did what to others: a second's worth at a time, and nothing twice. */
export class Auditor {
  readonly #store: AuditStore;
  readonly #log: Pick<Log, 'warn'>;
  readonly #now: () => number;
  #waiting = new Map<string, AuditRecord>();
  #lost = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing = Promise.resolve();

  constructor(parts: { store: AuditStore; log: Pick<Log, 'warn'>; now: () => number }) {
    this.#store = parts.store;
    this.#log = parts.log;
    this.#now = parts.now;
  }

  note(act: Act): void {
    const name = JSON.stringify([act.actor, act.action, act.outcome, act.channel, act.subject]);
    const known = this.#waiting.get(name);
    if (known !== undefined) known.times += 1;
    else if (this.#waiting.size < waitingAtMost) this.#waiting.set(name, { ...act, at: this.#now(), times: 1 });
    else this.#lost += 1;
    this.#timer ??= setTimeout(() => void this.flush(), gatherMs);
  }

  /** Resolves when all that was noted is stored, or could not be. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    const records = [...this.#waiting.values()];
    this.#waiting = new Map();
    if (this.#lost > 0) this.#log.warn({ acts: this.#lost }, 'too many acts to write them all down');
    this.#lost = 0;
    if (records.length === 0) return;
    await this.#store
      .append(records)
      .catch((error: unknown) =>
        this.#log.warn({ err: error, acts: records.length }, 'acts could not be written down'),
      );
  }
}
