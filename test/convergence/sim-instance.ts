import type { Answer, Answers, CommandName, Payload } from '../../protocol/commands.ts';
import type { Channel, Entry } from '../../protocol/entities.ts';
import type { EventOf, ServerEvents } from '../../protocol/events.ts';
import { limits } from '../../protocol/limits.ts';
import { ChatError } from '../../server/chat-error.ts';
import { Feeds } from '../../server/gateway/feeds.ts';
import type { Draft } from '../../server/log/batch-writer.ts';
import { Committer } from '../../server/log/committer.ts';
import type { LogStore } from '../../server/storage/storage.ts';
import { SimBus, type SimExchange } from './sim-bus.ts';
import type { SimStore } from './sim-store.ts';

type Tell = <Name extends keyof ServerEvents>(name: Name, data: EventOf<Name>) => void;
export type SimSession = { user: string; joined: Set<string>; tell: Tell; end: () => void };
type Commands = {
  [Name in CommandName]?: (session: SimSession, payload: Payload<Name>) => Promise<Answers[Name]>;
};

const silent = { info() {}, warn() {}, error() {}, debug() {} };
let lastId = 1_000_000;

/** One instance: the real committer and the real feeds, behind an edge that knows neither sockets nor permissions. */
export class SimInstance {
  readonly sessions = new Set<SimSession>();
  /** What was delivered out of order, or with a gap. */
  flaw: string | undefined;
  readonly #delivered = new Map<string, number>();
  readonly #store: ReturnType<SimStore['view']>;
  readonly #bus: SimBus;
  readonly #feeds: Feeds;
  readonly #committer: Committer;
  #alive = true;

  constructor(store: SimStore, exchange: SimExchange) {
    this.#store = store.view(() => this.#alive);
    // The core uses no other method of a store than these.
    const log = this.#store as LogStore;
    this.#bus = new SimBus(exchange);
    this.#feeds = new Feeds({ store: log, bus: this.#bus, log: silent, deliver: (...what) => this.#deliver(...what) });
    this.#committer = new Committer({
      store: log,
      log: silent,
      nextId: () => String(++lastId),
      now: Date.now,
      hasPeers: true,
      committed: (channel, entries) => {
        this.#feeds.offer(channel, entries);
        this.#bus.publish(`channel:${channel}`, { kind: 'entries', channel, entries });
      },
      lost: (channel, seq) => this.#bus.publish(`channel:${channel}`, { kind: 'head', channel, head: seq }),
      uncertain: (channels) => this.#feeds.doubt(channels),
      observe() {},
    });
    void this.#bus.start({
      receive: (_, message) => {
        if (message.kind === 'entries') {
          this.#committer.saw(message.channel, message.entries.at(-1)?.seq ?? 0);
          this.#feeds.offer(message.channel, message.entries);
        } else if (message.kind === 'head') {
          this.#committer.saw(message.channel, message.head);
          this.#feeds.reach(message.channel, message.head);
        }
      },
      restored: () => void this.#feeds.sweep(),
    });
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** As SIGKILL: whatever it was about to do, it does not do; what it has told the store may happen. */
  crash(): void {
    this.#alive = false;
    void this.#bus.close();
    this.#feeds.stop();
    for (const session of [...this.sessions]) session.end();
  }

  leave(session: SimSession): void {
    this.sessions.delete(session);
    for (const channel of session.joined) this.#left(session, channel);
  }

  async run<Name extends CommandName>(session: SimSession, name: Name, payload: Payload<Name>): Promise<Answer<Name>> {
    const command = this.#commands[name];
    try {
      if (!command) throw new ChatError('invalid');
      return { ok: true, ...(await command(session, payload)) };
    } catch (error) {
      const refusal =
        error instanceof ChatError ? error : new ChatError('unavailable', undefined, { retryAfterMs: 500 });
      return { ok: false, error: refusal.body };
    }
  }

  readonly #commands: Commands = {
    join: async (session, { channel, since, limit }) => {
      session.joined.add(channel);
      try {
        await this.#feeds.open(channel);
        const log =
          since === undefined
            ? await this.#latest(channel, limit ?? limits.pageDefault)
            : await this.#missed(channel, since, limit ?? limits.pageMax);
        return { channel: described(channel), role: 'participant', ...log, receipts: {}, members: {} };
      } catch (error) {
        session.joined.delete(channel);
        throw error;
      }
    },
    leave: async (session, { channel }) => {
      this.#left(session, channel);
      return {};
    },
    sync: (_, { channel, since, limit }) => this.#missed(channel, since, limit ?? limits.pageMax),
    history: (_, { channel, before, limit }) =>
      this.#store.page(channel, { before: before ?? Number.MAX_SAFE_INTEGER }, limit ?? limits.pageDefault),
    send: async ({ user }, { channel, key, text }) => {
      const { entry } = await this.#commit({ type: 'message', channel, key, text, sender: { id: user, name: user } });
      if (entry?.type !== 'message') throw new ChatError('conflict');
      return { seq: entry.seq, id: entry.id, sentAt: entry.sentAt };
    },
    edit: ({ user: by }, { channel, seq, text }) => this.#change({ type: 'edit', channel, target: seq, text, by }),
    delete: ({ user: by }, { channel, seq }) => this.#change({ type: 'delete', channel, target: seq, by }),
    react: ({ user: by }, { channel, seq, emoji, on }) =>
      this.#change({ type: 'reaction', channel, target: seq, emoji, on, by }),
    heartbeat: async (session, { heads }) => {
      const others = Object.entries(heads).flatMap(([channel, seq]): [string, number][] => {
        const head = session.joined.has(channel) ? this.#feeds.head(channel) : undefined;
        return head === undefined || head === seq ? [] : [[channel, head]];
      });
      return { heads: Object.fromEntries(others) };
    },
  };

  #deliver(channel: string, entries: Entry[]): void {
    for (const { seq } of entries) {
      const before = this.#delivered.get(channel) ?? seq - 1;
      if (seq !== before + 1) this.flaw ??= `${seq} was delivered behind ${before}`;
      this.#delivered.set(channel, seq);
    }
    for (const session of this.sessions) if (session.joined.has(channel)) session.tell('entries', { channel, entries });
  }

  #left(session: SimSession, channel: string): void {
    session.joined.delete(channel);
    if (![...this.sessions].some(({ joined }) => joined.has(channel))) {
      this.#feeds.close(channel);
      this.#delivered.delete(channel);
    }
  }

  async #commit(draft: Draft): Promise<{ seq: number; entry?: Entry }> {
    const committed = await this.#committer.commit(draft);
    return committed.kind === 'unchanged' ? committed : { seq: committed.entry.seq, entry: committed.entry };
  }

  async #change(draft: Draft): Promise<{ seq: number }> {
    return { seq: (await this.#commit(draft)).seq };
  }

  async #latest(channel: string, limit: number) {
    const entries = await this.#store.latest(channel, limit);
    return { entries, head: this.#headOf(channel, entries), more: (entries[0]?.seq ?? 1) > 1 };
  }

  async #missed(channel: string, since: number, limit: number) {
    const entries = await this.#store.after(channel, since, limit);
    const head = this.#headOf(channel, entries);
    return { entries, head, more: entries.length === limit && (entries.at(-1)?.seq ?? 0) < head };
  }

  #headOf(channel: string, entries: readonly Entry[]): number {
    return Math.max(this.#feeds.head(channel) ?? 0, entries.at(-1)?.seq ?? 0);
  }
}

function described(id: string): Channel {
  return { id, kind: 'meeting', title: id, settings: { state: 'open', directMessages: true } };
}
