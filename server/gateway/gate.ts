import { ChatError } from '../chat-error.ts';

export type GateOptions = {
  /** Done at a time; the others wait in the order in which they came. */
  atOnce: number;
  /** Nobody new is let in to wait while the first has waited for so long. */
  waitMs: number;
  now?: () => number;
};

/** The share of the places that are free before others enter: some of those inside may take long. */
const together = 0.75;

type Waiting = { since: number; enter: () => void };

/**
 * Keeps a storm out of the store: a thousand clients who come back at once are served a few at a time, each of them fast, and
 * when the last would wait too long, some are asked to come again. All at once, each of them would be slow, and given up on.
 */
export class Gate {
  readonly #options: GateOptions;
  readonly #now: () => number;
  readonly #waiting: Waiting[] = [];
  #inside = 0;

  constructor(options: GateOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** `isWanted` is asked when its turn has come: nothing is done for those who have gone. @throws ChatError `unavailable` */
  async pass<Result>(work: () => Promise<Result>, isWanted: () => boolean): Promise<Result> {
    await this.#turn();
    try {
      if (!isWanted()) throw this.#refusal();
      return await work();
    } finally {
      this.#inside -= 1;
      this.#letIn();
    }
  }

  /** Many together, or all that wait: those who enter in one turn ask the store the same in one turn, and so as one. */
  #letIn(): void {
    const { atOnce } = this.#options;
    const free = atOnce - this.#inside;
    if (free < Math.min(this.#waiting.length, atOnce * together)) return;
    for (const { enter } of this.#waiting.splice(0, free)) {
      this.#inside += 1;
      enter();
    }
  }

  #turn(): Promise<void> {
    if (this.#inside < this.#options.atOnce && this.#waiting.length === 0) {
      this.#inside += 1;
      return Promise.resolve();
    }
    const [first] = this.#waiting;
    const since = this.#now();
    if (first !== undefined && since - first.since > this.#options.waitMs) return Promise.reject(this.#refusal());
    return new Promise((enter) => this.#waiting.push({ since, enter }));
  }

  #refusal(): ChatError {
    // Not all of them in the same moment.
    const retryAfterMs = Math.round(this.#options.waitMs * (0.25 + 0.75 * Math.random()));
    return new ChatError('unavailable', undefined, { retryAfterMs });
  }
}
