import type { Channel } from '../../protocol/entities.ts';
import { ChannelSession } from './channel-session.ts';
import { Connection } from './connection.ts';
import { type Heartbeat, startHeartbeat } from './heartbeat.ts';
import { browserOutbox } from './outbox-idb.ts';
import { journaled } from './outbox-journal.ts';
import type { OutboxStorage } from './outbox-storage.ts';
import { browserPage, type PageLife } from './page-life.ts';
import { dialSocket } from './socket-wire.ts';
import type { TokenSource } from './token-source.ts';
import type { Dial, ServerEvent } from './wire.ts';

/** What a client is made of; the defaults are what a browser has. */
export type ClientParts = { dial: Dial; page: PageLife; storage: OutboxStorage };

export type ClientOptions = {
  /** The chat server's base URL. */
  server: string;
  source: TokenSource;
};

/** One user at one server: a connection, and the channels that are open on it. */
export class Client {
  readonly connection: Connection;
  readonly #options: ClientOptions;
  readonly #storage: OutboxStorage;
  readonly #heartbeat: Heartbeat;
  readonly #sessions = new Set<ChannelSession>();
  readonly #channelListeners = new Set<(channel: Channel) => void>();

  constructor(options: ClientOptions, { dial, page, storage }: ClientParts = browserParts()) {
    this.#options = options;
    this.#storage = storage;
    this.connection = new Connection({
      ...options,
      dial,
      page,
      onEvent: (event) => this.#event(event),
      onPulse: () => this.#heartbeat.beat(),
    });
    this.#heartbeat = startHeartbeat({
      connection: this.connection,
      heads: () => this.#heads(),
      onOtherHead: (channel, head) => {
        for (const session of this.#of(channel)) session.otherHead(head);
      },
    });
    this.connection.open();
  }

  /**
   * Opens a channel. Each caller gets a session of its own, and closes it.
   * @param invited somebody wrote there just now: what the user has not read of it counts as news
   */
  join(channel: string, invited = false): ChannelSession {
    const session = new ChannelSession({
      channel,
      invited,
      server: this.#options.server,
      connection: this.connection,
      storage: this.#storage,
      onClose: (closed) => this.#closed(closed),
    });
    this.#sessions.add(session);
    // Whoever was put out of one channel may well be let into another.
    if (this.connection.state.value.name === 'removed') this.connection.retry();
    return session;
  }

  /**
   * Calls `listener` with every channel that the server tells of, also of one that nobody has opened here: somebody wrote
   * to the user in it. Returns what ends it.
   */
  onChannel(listener: (channel: Channel) => void): () => void {
    this.#channelListeners.add(listener);
    return () => this.#channelListeners.delete(listener);
  }

  /** Closes the connection and all that is open on it. */
  close(): void {
    for (const session of [...this.#sessions]) session.close();
    this.#heartbeat.stop();
    this.connection.close();
  }

  #event(event: ServerEvent): void {
    if (event.name === 'bye') return;
    const channel = event.name === 'channel' ? event.data.channel.id : event.data.channel;
    for (const session of this.#of(channel)) session.event(event);
    if (event.name === 'channel') for (const listener of [...this.#channelListeners]) listener(event.data.channel);
  }

  #heads(): { [channel: string]: number } {
    const heads: { [channel: string]: number } = {};
    for (const { channel, head } of this.#sessions) {
      // Of two sessions of a channel the one that is behind counts.
      if (head !== undefined) heads[channel] = Math.min(head, heads[channel] ?? head);
    }
    return heads;
  }

  #closed(session: ChannelSession): void {
    this.#sessions.delete(session);
    if (this.#of(session.channel).length === 0) void this.connection.request('leave', { channel: session.channel });
  }

  #of(channel: string): ChannelSession[] {
    return [...this.#sessions].filter((session) => session.channel === channel);
  }
}

/** The page's one outbox: each would keep a handle to its database for as long as the page lives. */
let outbox: OutboxStorage | undefined;

function browserParts(): ClientParts {
  outbox ??= journaled(browserOutbox());
  return { dial: dialSocket, page: browserPage, storage: outbox };
}
