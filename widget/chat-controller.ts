import type { ReactiveControllerHost } from 'lit';
import type { MessageEntry } from '../protocol/entities.ts';
import type { ChannelSession } from './client/channel-session.ts';
import { type ChannelState, initialChannelState } from './client/channel-state.ts';
import type { Client, ClientOptions } from './client/client.ts';
import type { ConnectionState } from './client/connection-state.ts';
import type { Draft } from './client/outbox-item.ts';
import { type ClientLease, leaseClient } from './client/shared-clients.ts';
import type { TokenSource } from './client/token-source.ts';

/** Which channel, where, and as whom. */
export type ChatTarget = { server: string; channel: string; source: TokenSource };

export interface ChatListener {
  makeClient(options: ClientOptions): Client;
  /** A session was opened, of which nothing is known yet. */
  opened(): void;
  /** Messages that were written just now, by anyone. */
  news(messages: readonly MessageEntry[]): void;
  /** Whether this may be sent. */
  mayGo(draft: Draft): boolean;
}

/** Holds an element's session: opens and closes it, and asks for an update whenever its state changed. */
export class ChatController {
  readonly #host: Pick<ReactiveControllerHost, 'requestUpdate'>;
  readonly #listener: ChatListener;
  #target: ChatTarget | undefined;
  #lease: ClientLease | undefined;
  #session: ChannelSession | undefined;
  #ends: (() => void)[] = [];
  #ticker: ReturnType<typeof setInterval> | undefined;

  constructor(host: Pick<ReactiveControllerHost, 'requestUpdate'>, listener: ChatListener) {
    this.#host = host;
    this.#listener = listener;
  }

  get state(): ChannelState {
    return this.#session?.state.value ?? initialChannelState;
  }

  get connection(): ConnectionState {
    return this.#lease?.client.connection.state.value ?? { name: 'closed' };
  }

  get target(): ChatTarget | undefined {
    return this.#target;
  }

  get session(): ChannelSession | undefined {
    return this.#session;
  }

  /** Goes to the target, unless it is there already. */
  open(target: ChatTarget | undefined): void {
    if (same(target, this.#target)) return;
    this.close();
    this.#target = target;
    if (!target) return;
    const { server, source, channel } = target;
    this.#lease = leaseClient({ server, source }, (options) => this.#listener.makeClient(options));
    const { client } = this.#lease;
    const session = client.join(channel);
    this.#session = session;
    session.guardBy((draft) => this.#listener.mayGo(draft));
    this.#listener.opened();
    this.#ends = [
      session.state.subscribe(() => this.#changed()),
      session.onNews((messages) => this.#listener.news(messages)),
      client.connection.state.subscribe(() => this.#changed()),
    ];
    this.#changed();
  }

  close(): void {
    for (const end of this.#ends) end();
    this.#ends = [];
    this.#session?.close();
    this.#session = undefined;
    this.#lease?.release();
    this.#lease = undefined;
    this.#target = undefined;
    this.#tick(false);
  }

  /** What the banner's button asks for: try now, whatever it is that waits. */
  retry(): void {
    this.#lease?.client.connection.retry();
    this.#session?.rejoin();
  }

  #changed(): void {
    this.#host.requestUpdate();
    // Only the countdowns need a clock.
    this.#tick(this.connection.name === 'waiting' || this.state.outbox.some(({ state }) => 'until' in state));
  }

  #tick(on: boolean): void {
    if (on) this.#ticker ??= setInterval(() => this.#host.requestUpdate(), 1000);
    else {
      clearInterval(this.#ticker);
      this.#ticker = undefined;
    }
  }
}

function same(a: ChatTarget | undefined, b: ChatTarget | undefined): boolean {
  return a?.server === b?.server && a?.channel === b?.channel && a?.source.id === b?.source.id;
}
