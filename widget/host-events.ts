import type { MessageEntry } from '../protocol/entities.ts';
import type { ChannelState } from './client/channel-state.ts';
import type { ConnectionState } from './client/connection-state.ts';
import { type Draft, type FailedItem, hasFailed, type OutboxItem } from './client/outbox-item.ts';
import type { FailureCode } from './client/wire.ts';

/** What each event's `detail` holds. */
export type HostEventDetails = {
  'mc-ready': { readonly channel: string };
  'mc-message': { readonly message: MessageEntry; readonly own: boolean; readonly channel: string };
  /** `mentions`: how many of the unread ones mention the user. */
  'mc-unread-change': { readonly unread: number; readonly mentions: number };
  'mc-conversation-change': { readonly channel: string };
  'mc-before-send': Readonly<Draft> & { readonly channel: string };
  'mc-open': null;
  'mc-close': null;
  /** `key` names the message that failed, where it is one. */
  'mc-error': { readonly code: FailureCode | 'removed'; readonly key?: string };
};

export type HostEventMap = { [name in keyof HostEventDetails]: CustomEvent<HostEventDetails[name]> };

/** What there is to tell the host page about, as it stands after an update. */
export type HostSnapshot = {
  readonly open: boolean;
  readonly unread: number;
  readonly mentions: number;
  /** The channel on the screen. */
  readonly channel: string | undefined;
  readonly connection: ConnectionState;
  /** The meeting's. */
  readonly state: ChannelState;
  /** Everything that is under way, in whatever conversation. */
  readonly outbox: readonly OutboxItem[];
};

/** Tells the host page what happens in its element: by events, and by states that its style sheet can select. */
export class HostEvents {
  readonly #host: HTMLElement;
  readonly #states: CustomStateSet;
  #open = false;
  #unread = 0;
  #channel: string | undefined;
  #ready: string | undefined;
  #problem: FailureCode | 'removed' | undefined;
  #failed: ReadonlySet<string> = new Set();

  constructor(host: HTMLElement) {
    this.#host = host;
    this.#states = host.attachInternals().states;
  }

  /** @returns whether the page lets it go */
  beforeSend(draft: Draft, channel: string): boolean {
    return this.#tell('mc-before-send', { ...draft, channel });
  }

  news(messages: readonly MessageEntry[], me: string | undefined, channel: string): void {
    for (const message of messages) this.#tell('mc-message', { message, own: message.sender.id === me, channel });
  }

  /** @returns what failed since the last time */
  update({ open, unread, mentions, channel, connection, state, outbox }: HostSnapshot): FailedItem[] {
    this.#setStates({
      open,
      unread: unread > 0,
      mentioned: mentions > 0,
      offline: connection.name === 'waiting',
      connecting: connection.name === 'connecting',
      ready: state.phase.name === 'live',
      error: problemOf(connection, state) !== undefined,
    });
    this.#tellReady(state);
    this.#tellProblem(connection, state);
    const failed = this.#tellFailed(outbox);
    if (unread !== this.#unread) {
      this.#unread = unread;
      this.#tell('mc-unread-change', { unread, mentions });
    }
    if (channel !== this.#channel) {
      const isFirst = this.#channel === undefined;
      this.#channel = channel;
      if (!isFirst && channel !== undefined) this.#tell('mc-conversation-change', { channel });
    }
    if (open !== this.#open) {
      this.#open = open;
      this.#tell(open ? 'mc-open' : 'mc-close', null);
    }
    return failed;
  }

  #tellReady({ phase, channel }: ChannelState): void {
    const isJoined = phase.name === 'live' || phase.name === 'resuming';
    const ready = isJoined ? channel?.id : undefined;
    if (ready === this.#ready) return;
    this.#ready = ready;
    if (ready !== undefined) this.#tell('mc-ready', { channel: ready });
  }

  #tellProblem(connection: ConnectionState, state: ChannelState): void {
    const problem = problemOf(connection, state);
    const isNew = problem !== this.#problem;
    this.#problem = problem;
    if (isNew && problem !== undefined) this.#tell('mc-error', { code: problem });
  }

  #tellFailed(outbox: readonly OutboxItem[]): FailedItem[] {
    const failed = outbox.filter(hasFailed);
    const fresh = failed.filter(({ key }) => !this.#failed.has(key));
    this.#failed = new Set(failed.map(({ key }) => key));
    for (const { key, state } of fresh) this.#tell('mc-error', { code: state.code, key });
    return fresh;
  }

  #setStates(states: { readonly [name: string]: boolean }): void {
    for (const [name, on] of Object.entries(states)) {
      if (on) this.#states.add(name);
      else this.#states.delete(name);
    }
  }

  /** @returns false when a listener prevented what the event announces */
  #tell<Name extends keyof HostEventDetails>(name: Name, detail: HostEventDetails[Name]): boolean {
    const cancelable = name === 'mc-before-send';
    return this.#host.dispatchEvent(new CustomEvent(name, { detail, cancelable, bubbles: true, composed: true }));
  }
}

/** What only the user or the page can mend; a lost connection mends itself. */
function problemOf(connection: ConnectionState, { phase }: ChannelState): FailureCode | 'removed' | undefined {
  if (connection.name === 'unauthorized' || connection.name === 'removed') return connection.name;
  return phase.name === 'refused' ? phase.code : undefined;
}
