import type { Answers } from '../../protocol/commands.ts';
import type { Entry } from '../../protocol/entities.ts';
import { backoffDefaults, fullJitter } from './backoff.ts';
import { type Backlog, catchUp, syncUp } from './catch-up.ts';
import type { Cell } from './cell.ts';
import { applyToChannel, mergeReceipts } from './channel-events.ts';
import type { ChannelState } from './channel-state.ts';
import type { Connection } from './connection.ts';
import { applyEntries, startLog } from './log.ts';
import { verdict } from './outbox-item.ts';

export type FollowerOptions = {
  channel: string;
  connection: Connection;
  /** The follower writes `phase`, `log`, and what a join tells of the channel. */
  state: Cell<ChannelState>;
  /** Whether the reader is at the end of the log. */
  following(): boolean;
  /** Entries were applied for the first time, as the page that starts the log or as news that follow it. */
  onFresh(entries: readonly Entry[], as: 'page' | 'news'): void;
  onLive(): void;
  onRefused(): void;
};

/** Keeps a channel's log equal to the server's: joins, applies what is delivered, and fetches what was not. */
export class Follower {
  readonly #options: FollowerOptions;
  readonly #backlog: Backlog;
  #target = 0;
  #syncing = false;
  /** Grows with each start and stop, so that answers to an earlier one find themselves outdated. */
  #round = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: FollowerOptions) {
    this.#options = options;
    const head = () => this.#head;
    const target = () => this.#target;
    const last = () => options.state.value.log?.messages.at(-1);
    this.#backlog = {
      channel: options.channel,
      get head() {
        return head();
      },
      get target() {
        return target();
      },
      get last() {
        return last();
      },
      joined: (answer) => this.#joined(answer),
      follow: (entries) => this.#follow(entries),
      forget: () => {
        this.#target = 0;
        this.#patch({ log: undefined });
      },
    };
  }

  /** The connection is up: joins, and goes on joining until the server lets the user in or refuses for good. */
  start(attempt = 0): void {
    this.stop();
    const round = this.#round;
    this.#patch({ phase: { name: this.#options.state.value.log ? 'resuming' : 'joining' } });
    void this.#catchUp(attempt, () => round === this.#round);
  }

  /** The connection is gone. */
  stop(): void {
    this.#round += 1;
    this.#syncing = false;
    clearTimeout(this.#timer);
    if (this.#options.state.value.phase.name === 'live') this.#patch({ phase: { name: 'resuming' } });
  }

  /** The server delivered entries. */
  deliver(entries: readonly Entry[]): void {
    this.#follow(entries);
    this.#reach(entries.at(-1)?.seq ?? 0);
  }

  /** The server's head is another than ours. */
  otherHead(head: number): void {
    if (this.#head === undefined || this.#options.state.value.phase.name !== 'live') return;
    // A log that ends before ours is another log; joining finds that out.
    if (head < this.#head) this.start();
    else this.#reach(head);
  }

  get #head(): number | undefined {
    return this.#options.state.value.log?.head;
  }

  async #catchUp(attempt: number, current: () => boolean): Promise<void> {
    const { connection } = this.#options;
    const { token } = connection;
    const failure = await catchUp(connection, this.#backlog, current);
    if (!current()) return;
    if (!failure) {
      this.#patch({ phase: { name: 'live' } });
      this.#reach(this.#target);
      this.#options.onLive();
    } else if (verdict(failure.code) === 'fail') {
      // The right to enter may have come after the token.
      if (failure.code === 'forbidden' && attempt === 0) await connection.renew();
      if (!current()) return;
      if (connection.token !== token) return this.start(1);
      this.#patch({ phase: { name: 'refused', code: failure.code } });
      this.#options.onRefused();
    } else {
      const waitMs = failure.retryAfterMs ?? fullJitter(attempt, backoffDefaults.request);
      this.#timer = setTimeout(() => this.start(attempt + 1), waitMs);
    }
  }

  /** Fetches up to `target`. While fetching is under way it is enough to raise the target. */
  #reach(target: number): void {
    this.#target = Math.max(this.#target, target);
    if (this.#syncing || this.#options.state.value.phase.name !== 'live') return;
    if (this.#head === undefined || this.#head >= this.#target) return;
    this.#syncing = true;
    const round = this.#round;
    const wanted = this.#target;
    void syncUp(this.#options.connection, this.#backlog, () => round === this.#round).then(() => {
      if (round !== this.#round) return;
      this.#syncing = false;
      // Only if it was raised meanwhile: what the server does not have now, the next heartbeat asks for again.
      if (this.#target > wanted) this.#reach(this.#target);
      else this.#target = this.#head ?? 0;
    });
  }

  #joined({ channel, role, members, receipts, entries, head, more, held = 0 }: Answers['join']): void {
    const { log, receipts: before } = this.#options.state.value;
    const common = { channel, role, members, receipts: mergeReceipts(before, receipts), held: { count: held } };
    this.#target = Math.max(this.#target, head);
    if (log) {
      this.#patch(common);
      this.#follow(entries);
    } else {
      const started = startLog(entries, more);
      this.#patch({ ...common, log: started });
      this.#options.onFresh(entries, 'page');
    }
  }

  #follow(entries: readonly Entry[]): void {
    const { log, channel } = this.#options.state.value;
    if (!log) return;
    const applied = applyEntries(log, entries, this.#options.following());
    if (applied.fresh.length === 0) return;
    this.#patch({ log: applied.log, channel: channel && applyToChannel(channel, applied.fresh) });
    this.#options.onFresh(applied.fresh, 'news');
  }

  #patch(change: Partial<ChannelState>): void {
    const { state } = this.#options;
    state.set({ ...state.value, ...change });
  }
}
