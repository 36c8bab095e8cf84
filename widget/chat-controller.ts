import type { ReactiveControllerHost } from 'lit';
import type { MessageEntry } from '../protocol/entities.ts';
import type { ChannelSession } from './client/channel-session.ts';
import { type ChannelState, initialChannelState } from './client/channel-state.ts';
import type { Client, ClientOptions } from './client/client.ts';
import type { ConnectionState } from './client/connection-state.ts';
import type { Draft } from './client/outbox-item.ts';
import { type ClientLease, leaseClient, releaseClient } from './client/shared-clients.ts';
import type { TokenSource } from './client/token-source.ts';
import { Unread } from './unread.ts';

/** Which channel, where, and as whom. */
export type ChatTarget = { server: string; channel: string; source: TokenSource };

/** A channel that is open in the element, whether or not it is on the screen. */
export type Conversation = { readonly session: ChannelSession; readonly unread: Unread };

export type EnterOptions = {
  /** Somebody wrote there just now. */
  invited?: boolean;
  /** How many unread messages the server has counted. */
  unread?: number;
};

export interface ChatListener {
  readonly makeClient: (options: ClientOptions) => Client;
  /** Messages that were written just now, by anyone. */
  news(messages: readonly MessageEntry[], conversation: Conversation): void;
  /** Whether this may be sent. */
  mayGo(draft: Draft, channel: string): boolean;
}

/**
 * Holds an element's sessions: that of its meeting, and of the conversations beside it. One of them is on the screen; the
 * others keep up and go on sending. Asks for an update whenever a state changed.
 */
export class ChatController {
  readonly #host: Pick<ReactiveControllerHost, 'requestUpdate'>;
  readonly #listener: ChatListener;
  readonly #none = new Unread();
  /** The meeting is the first. */
  readonly #open = new Map<string, Conversation & { readonly ends: readonly (() => void)[] }>();
  #target: ChatTarget | undefined;
  #lease: ClientLease | undefined;
  #shown = '';
  #end: (() => void) | undefined;
  #ticker: ReturnType<typeof setInterval> | undefined;

  constructor(host: Pick<ReactiveControllerHost, 'requestUpdate'>, listener: ChatListener) {
    this.#host = host;
    this.#listener = listener;
  }

  get client(): Client | undefined {
    return this.#lease?.client;
  }

  get connection(): ConnectionState {
    return this.client?.connection.state.value ?? { name: 'closed' };
  }

  /** The channel is that of the conversation on the screen. */
  get target(): ChatTarget | undefined {
    return this.#target && { ...this.#target, channel: this.#shown };
  }

  /** Of the conversation on the screen, like `state` and `unread`. */
  get session(): ChannelSession | undefined {
    return this.get(this.#shown)?.session;
  }

  get state(): ChannelState {
    return this.session?.state.value ?? initialChannelState;
  }

  get unread(): Unread {
    return this.get(this.#shown)?.unread ?? this.#none;
  }

  /** The meeting's. */
  get home(): ChannelSession | undefined {
    return this.all[0]?.session;
  }

  get all(): readonly Conversation[] {
    return [...this.#open.values()];
  }

  get unreadInAll(): { readonly unread: number; readonly mentions: number } {
    const sum = (of: (unread: Unread) => number) => this.all.reduce((before, { unread }) => before + of(unread), 0);
    return { unread: sum(({ count }) => count), mentions: sum(({ mentions }) => mentions) };
  }

  get(channel: string): Conversation | undefined {
    return this.#open.get(channel);
  }

  /** Goes to the target, unless it is there already. */
  open(target: ChatTarget | undefined): void {
    if (same(target, this.#target)) return;
    // Before the present one is let go: another meeting goes on over the same connection.
    const lease = target && leaseClient(target, this.#listener.makeClient);
    this.close();
    this.#target = target;
    this.#lease = lease;
    if (!target || !lease) return;
    this.#shown = target.channel;
    this.enter(this.#shown);
    this.#end = lease.client.connection.state.subscribe(() => this.#changed());
    this.#changed();
  }

  /** Opens a channel on the same connection; what is on the screen stays. */
  enter(channel: string, { invited = false, unread = 0 }: EnterOptions = {}): void {
    const session = this.get(channel) ? undefined : this.client?.join(channel, invited);
    if (!session) return;
    const conversation = { session, unread: new Unread(unread) };
    session.guardBy((draft) => this.#listener.mayGo(draft, channel));
    const ends = [
      session.state.subscribe(() => this.#changed()),
      session.onNews((messages) => this.#listener.news(messages, conversation)),
    ];
    this.#open.set(channel, { ...conversation, ends });
  }

  /** Brings a channel to the screen. */
  show(channel: string): void {
    this.session?.typed(false);
    this.enter(channel);
    this.#shown = channel;
    this.unread.opened();
    this.#host.requestUpdate();
  }

  /** Closes a channel; in its place on the screen comes the meeting. */
  leave(channel: string): void {
    if (channel === this.#shown && this.#target) this.show(this.#target.channel);
    const conversation = this.#open.get(channel);
    this.#open.delete(channel);
    for (const end of conversation?.ends ?? []) end();
    conversation?.session.close();
  }

  close(): void {
    this.#end?.();
    this.#target = undefined;
    for (const channel of this.#open.keys()) this.leave(channel);
    if (this.#lease) releaseClient(this.#lease);
    this.#lease = undefined;
    this.#tick(false);
  }

  /** What the banner's button asks for: try now, whatever it is that waits. */
  retry(): void {
    this.client?.connection.retry();
    this.session?.rejoin();
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
