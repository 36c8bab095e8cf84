import type { Committer } from '../log/committer.ts';
import type { Log } from '../logger.ts';
import { retention, timeOf } from '../storage/retained.ts';
import type { Storage } from '../storage/storage.ts';

export type SweeperOptions = {
  storage: Pick<Storage, 'channels' | 'log'>;
  committer: Pick<Committer, 'commit'>;
  log: Pick<Log, 'warn'>;
  now: () => number;
};

const dayMs = 24 * 60 * 60 * 1_000;
/** Often enough for days. Every instance does it; it does no harm twice. */
const everyMs = 10 * 60 * 1_000;

/** Takes away what channels keep no longer. */
export class RetentionSweeper {
  readonly #options: SweeperOptions;
  readonly #timer: NodeJS.Timeout;
  #sweeping: Promise<void> | undefined;

  constructor(options: SweeperOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.sweep(), everyMs);
    this.#timer.unref();
  }

  /** Never rejects. */
  sweep(): Promise<void> {
    this.#sweeping ??= this.#sweep().finally(() => {
      this.#sweeping = undefined;
    });
    return this.#sweeping;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping;
  }

  async #sweep(): Promise<void> {
    const { storage, log, now } = this.#options;
    try {
      for (const { id, days } of await storage.channels.retaining()) {
        const time = now() - days * dayMs;
        await this.#emptyHead(id, time);
        await storage.log.expire(id, time);
      }
    } catch (error) {
      log.warn({ err: error }, 'what channels keep no longer could not be taken away; trying again later');
    }
  }

  /** The head is never taken away, because the next seq follows it; but its words are. */
  async #emptyHead(channel: string, time: number): Promise<void> {
    const { storage, committer } = this.#options;
    const [head] = await storage.log.latest(channel, 1);
    if (head === undefined || timeOf(head) >= time) return;
    if (head.type !== 'message' && head.type !== 'edit') return;
    if (head.type === 'message' && head.deletedAt !== undefined) return;
    const target = head.type === 'message' ? head.seq : head.target;
    await committer.commit({ type: 'delete', channel, target, by: retention });
  }
}
