import type { Channel } from '../../protocol/entities.ts';
import type { ChatController } from '../chat-controller.ts';
import type { ChannelSession } from '../client/channel-session.ts';
import { type Known, listChannels } from './channel-list.ts';

/** So many of them are kept up from the beginning; of the others the list says what there was. */
const followed = 20;
/** After an outage everybody asks anew: not all of them in the same moment. */
const askAgainMs = 3_000;

export interface KnownChannelsListener {
  /** Another meeting, or another user: nothing of what was known is theirs. */
  begun(): void;
  /** Another is known, or more of one. */
  changed(): void;
}

/** The channels beside the meeting that the user is in: what the server lists, and what it tells of later. */
export class KnownChannels {
  readonly #chat: ChatController;
  readonly #listener: KnownChannelsListener;
  #known = new Map<string, Known>();
  #home: ChannelSession | undefined;
  #me: string | undefined;
  #live = false;
  #asked = false;
  /** Grows with each list that is asked for, and with each other user. */
  #round = 0;
  #end: (() => void) | undefined;

  constructor(chat: ChatController, listener: KnownChannelsListener) {
    this.#chat = chat;
    this.#listener = listener;
  }

  /** The meeting's session. */
  get home(): ChannelSession | undefined {
    return this.#home;
  }

  get size(): number {
    return this.#known.size;
  }

  get all(): readonly Known[] {
    return [...this.#known.values()];
  }

  get(channel: string): Known | undefined {
    return this.#known.get(channel);
  }

  add(channel: Known): void {
    this.#known.set(channel.id, channel);
  }

  forget(channel: string): void {
    this.#known.delete(channel);
  }

  /** The states have changed: looks for the list anew after every interruption, and for nothing of one user's with another. */
  follow(): void {
    const { home } = this.#chat;
    const me = home?.state.value.me;
    if (home !== this.#home || me !== this.#me) this.#begin(home, me);
    const live = home?.state.value.phase.name === 'live';
    if (live && !this.#live) void this.#list();
    this.#live = live;
  }

  /** A function that tells whether it is still the same user in the same meeting. */
  sameAsNow(): () => boolean {
    const [home, me] = [this.#home, this.#me];
    return () => home === this.#home && me === this.#me;
  }

  #begin(home: ChannelSession | undefined, me: string | undefined): void {
    const chat = this.#chat;
    if (this.#home === home) for (const { session } of chat.all.slice(1)) chat.leave(session.channel);
    this.#end?.();
    this.#end = chat.client?.onChannel((channel) => this.#told(channel));
    this.#round += 1;
    this.#known = new Map();
    this.#home = home;
    this.#me = me;
    this.#live = false;
    this.#asked = false;
    this.#listener.begun();
  }

  async #list(): Promise<void> {
    this.#round += 1;
    const round = this.#round;
    const isFirst = !this.#asked;
    this.#asked = true;
    if (!isFirst) await new Promise((resolve) => setTimeout(resolve, Math.random() * askAgainMs));
    const { target } = this.#chat;
    const listed = round === this.#round && target ? await listChannels(target) : undefined;
    if (round !== this.#round || !listed) return;
    const found = listed.filter((channel) => this.#belongs(channel) && (channel.kind === 'group' || channel.last));
    for (const channel of found) this.add(channel);
    const latest = found.sort((a, b) => (b.last?.sentAt ?? 0) - (a.last?.sentAt ?? 0)).slice(0, followed);
    for (const { id, unread = 0 } of latest) this.#chat.enter(id, { unread });
    this.#listener.changed();
  }

  /** The server tells of a channel: something in it is other than before, or somebody wrote there to the user. */
  #told(channel: Channel): void {
    if (!this.#belongs(channel)) return;
    this.add({ ...this.#known.get(channel.id), ...channel });
    this.#chat.enter(channel.id, { invited: true });
    this.#listener.changed();
  }

  #belongs({ kind, settings: { meeting } }: Known): boolean {
    return kind === 'group' || (kind === 'direct' && (meeting === undefined || meeting === this.#home?.channel));
  }
}
