import { ChatError } from '../chat-error.ts';
import type { Live } from '../gateway/live.ts';
import type { Committer } from '../log/committer.ts';
import type { Log } from '../logger.ts';
import { retention, timeOf } from '../storage/retained.ts';
import type { Storage } from '../storage/storage.ts';

export type SweeperOptions = {
  storage: Pick<Storage, 'channels' | 'held' | 'log'>;
  committer: Pick<Committer, 'commit'>;
  live: Pick<Live, 'held'>;
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
    const failed = (err: unknown, channel?: string) =>
      log.warn({ err, channel }, 'what channels keep no longer could not be taken away; trying again later');
    const retaining = await storage.channels.retaining().catch((error: unknown) => failed(error));
    for (const { id, days } of retaining ?? []) {
      // One that fails is no reason for the others to keep theirs.
      await this.#take(id, now() - days * dayMs).catch((error: unknown) => failed(error, id));
    }
  }

  async #take(channel: string, time: number): Promise<void> {
    const { storage, live } = this.#options;
    await this.#emptyHead(channel, time);
    await storage.log.expire(channel, time);
    if (await storage.held.expire(channel, time)) live.held(channel);
  }

  /** The head is never taken away, because the next seq follows it; but its words are. */
  async #emptyHead(channel: string, time: number): Promise<void> {
    const { storage, committer } = this.#options;
    const [head] = await storage.log.latest(channel, 1);
    if (head === undefined || timeOf(head) >= time) return;
    if (head.type !== 'message' && head.type !== 'edit') return;
    if (head.type === 'message' && head.deletedAt !== undefined) return;
    const target = head.type === 'message' ? head.seq : head.target;
    const deletion = committer.commit({ type: 'delete', channel, target, by: retention });
    await deletion.catch((error: unknown) => {
      // An edit whose message went before it; the store takes its words away itself.
      if (!(error instanceof ChatError) || error.code !== 'not_found') throw error;
    });
  }
}
