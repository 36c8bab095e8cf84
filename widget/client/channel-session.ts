import type { Entry, MessageEntry } from '../../protocol/entities.ts';
import { Cell, type Readable } from './cell.ts';
import { mergePresence, mergeReceipts } from './channel-events.ts';
import { type ChannelState, initialChannelState } from './channel-state.ts';
import type { Connection } from './connection.ts';
import { Follower } from './follower.ts';
import { Outbox } from './outbox.ts';
import type { Draft, OutboxItem } from './outbox-item.ts';
import type { OutboxStorage } from './outbox-storage.ts';
import { type PageRequest, Pager } from './pager.ts';
import { ReceiptSender } from './receipt-sender.ts';
import { TypingSender, Typists } from './typing.ts';
import type { FailureCode, Outcome, ServerEvent } from './wire.ts';

export type ChannelSessionOptions = {
  channel: string;
  /** The server's base URL: a part of the outbox's address. */
  server: string;
  connection: Connection;
  storage: OutboxStorage;
  /** Somebody wrote there just now: what the user has not read of it counts as news. */
  invited: boolean;
  /** Called once, by `close()`. */
  onClose(session: ChannelSession): void;
};

/** Whether a message may go out as it is. */
export type Guard = (draft: Draft) => boolean;

/** A user's stay in one channel: joins it, keeps up with it over every interruption, and sends what the user writes. */
export class ChannelSession {
  readonly #options: ChannelSessionOptions;
  readonly #state = new Cell<ChannelState>(initialChannelState);
  readonly #follower: Follower;
  readonly #pager: Pager;
  readonly #ends: (() => void)[];
  readonly #newsListeners = new Set<(messages: readonly MessageEntry[]) => void>();
  readonly #typing = new TypingSender((on) => {
    if (this.#isLive) void this.#options.connection.request('typing', { channel: this.channel, on });
    return this.#isLive;
  });
  readonly #typists = new Typists((typing) => this.#patch({ typing }));
  #outbox: Outbox | undefined;
  #receipts: ReceiptSender | undefined;
  #following = true;
  #guard: Guard = () => true;

  constructor(options: ChannelSessionOptions) {
    this.#options = options;
    const { channel, connection } = options;
    this.#pager = new Pager(channel, connection, this.#state);
    this.#follower = new Follower({
      channel,
      connection,
      state: this.#state,
      following: () => this.#following,
      onFresh: (entries, as) => this.#fresh(entries, as),
      onLive: () => this.#live(),
      onRefused: () => this.#outbox?.resume(),
    });
    this.#ends = [
      connection.user.subscribe(() => this.#userChanged()),
      connection.state.subscribe(() => this.#connectionChanged()),
    ];
    this.#userChanged();
    this.#connectionChanged();
  }

  get channel(): string {
    return this.#options.channel;
  }

  get state(): Readable<ChannelState> {
    return this.#state;
  }

  /** The seq up to which all is held; undefined before the first join. */
  get head(): number | undefined {
    return this.#state.value.log?.head;
  }

  /** Asks `guard` before every message from now on. */
  guardBy(guard: Guard): void {
    this.#guard = guard;
  }

  /**
   * Sends a message; it is in `state.outbox` at once.
   * @returns its key, or undefined while nobody knows who the user is, where they may not enter, or when the guard holds it back
   */
  send(draft: Draft): string | undefined {
    if (!this.#outbox || this.#refusal || !this.#guard(draft)) return undefined;
    void this.page({ name: 'latest' });
    this.#typing.sent();
    return this.#outbox.add(draft);
  }

  /** The user is writing, or has taken back what they wrote. */
  typed(on: boolean): void {
    if (on) this.#typing.typed();
    else this.#typing.stopped();
  }

  /** The user has seen the channel up to its end. */
  read(): void {
    if (this.#state.value.phase.name === 'live') this.#receipts?.raise({ read: this.head ?? 0 });
  }

  /** Sends a failed message again. */
  retry(key: string): void {
    this.#outbox?.retry(key);
  }

  /** Forgets a failed message. */
  discard(key: string): void {
    this.#outbox?.discard(key);
  }

  /** Other words for a message of one's own. Like every change it is shown once it comes back as an entry. */
  edit(seq: number, text: string): Promise<Outcome<'edit'>> {
    return this.#options.connection.request('edit', { channel: this.channel, seq, text });
  }

  /** Takes a message away for everyone. */
  delete(seq: number): Promise<Outcome<'delete'>> {
    return this.#options.connection.request('delete', { channel: this.channel, seq });
  }

  /** Sets one's own reaction, or takes it back. */
  react(seq: number, emoji: string, on: boolean): Promise<Outcome<'react'>> {
    return this.#options.connection.request('react', { channel: this.channel, seq, emoji, on });
  }

  /** Messages with these words, newest first; 50 unless told. */
  search(q: string, limit?: number): Promise<Outcome<'search'>> {
    return this.#options.connection.request('search', { channel: this.channel, q, limit });
  }

  /** Asks again to be let in, after a refusal or a removal. */
  rejoin(): void {
    const { name } = this.#state.value.phase;
    if (name === 'refused' || name === 'left') this.#follower.start();
  }

  /** Whether the reader is at the end: then the window of messages moves along with the channel, else it stays. */
  setFollowing(following: boolean): void {
    this.#following = following;
  }

  /** Brings another page of history into the window; resolves with whether one came. */
  page(request: PageRequest): Promise<boolean> {
    return this.#pager.page(request);
  }

  /**
   * Calls `listener` with messages that were written since the channel was joined, each once, the user's own included;
   * never with history, but for what it was opened for. Returns what ends it.
   */
  onNews(listener: (messages: readonly MessageEntry[]) => void): () => void {
    this.#newsListeners.add(listener);
    return () => this.#newsListeners.delete(listener);
  }

  /** An event of this channel came in. */
  event(event: ServerEvent): void {
    const { members, receipts, counts, me, role } = this.#state.value;
    switch (event.name) {
      case 'entries':
        this.#follower.deliver(event.data.entries);
        break;
      case 'receipts':
        this.#patch({
          receipts: mergeReceipts(receipts, event.data.receipts),
          counts: event.data.counts ?? counts,
        });
        if (me !== undefined) this.#receipts?.known(event.data.receipts[me]);
        break;
      case 'presence': {
        const merged = mergePresence(members, event.data.members);
        // An organizer may have given the user another role.
        this.#patch({ members: merged, role: merged[me ?? '']?.role ?? role });
        break;
      }
      case 'channel':
        this.#patch({ channel: event.data.channel });
        break;
      case 'typing':
        if (event.data.user !== me) this.#typists.heard(event.data.user, event.data.on);
        break;
      case 'held':
        this.#patch({ held: event.data });
        break;
      case 'refused':
        // Asking again finds out why.
        this.#outbox?.retry(event.data.key);
        break;
      case 'left':
        this.#follower.stop();
        this.#typists.clear();
        this.#patch({ phase: { name: 'left', code: event.data.code } });
        this.#outbox?.resume();
        break;
      case 'bye':
        break;
    }
  }

  /** The server's head is another than ours. */
  otherHead(head: number): void {
    this.#follower.otherHead(head);
  }

  close(): void {
    for (const end of this.#ends) end();
    this.#follower.stop();
    this.#outbox?.stop();
    this.#receipts?.stop();
    this.#typing.stopped();
    this.#typists.clear();
    this.#options.onClose(this);
  }

  #userChanged(): void {
    const me = this.#options.connection.user.value;
    if (me === this.#state.value.me) return;
    this.#outbox?.stop();
    this.#follower.stop();
    // Nothing of one user's may be left on the screen of another.
    this.#state.set({ ...initialChannelState, me });
    this.#outbox = me === undefined ? undefined : this.#openOutbox(me);
    this.#receipts?.stop();
    this.#receipts = me === undefined ? undefined : this.#openReceipts();
  }

  #openReceipts(): ReceiptSender {
    const { channel, connection } = this.#options;
    return new ReceiptSender({
      send: (mark) => connection.request('receipt', { channel, ...mark }),
      ready: () => this.#isLive,
    });
  }

  get #refusal(): FailureCode | undefined {
    const { phase } = this.#state.value;
    return phase.name === 'refused' ? phase.code : phase.name === 'left' ? 'forbidden' : undefined;
  }

  get #isLive(): boolean {
    return this.#options.connection.state.value.name === 'online' && this.#state.value.phase.name === 'live';
  }

  #openOutbox(user: string): Outbox {
    const { channel, server, storage } = this.#options;
    const outbox = new Outbox({
      address: { server, user, channel },
      storage,
      send: (item) => this.#sendItem(item),
      ready: () => this.#isLive,
      refusal: () => this.#refusal,
    });
    outbox.items.subscribe((items) => {
      if (outbox === this.#outbox) this.#patch({ outbox: items });
    });
    return outbox;
  }

  #sendItem({ key, text, replyTo, mentions }: OutboxItem): Promise<Outcome<'send'>> {
    const { connection, channel } = this.#options;
    return connection.request('send', {
      channel,
      key,
      text,
      ...(replyTo === undefined ? {} : { replyTo }),
      ...(mentions === undefined ? {} : { mentions }),
    });
  }

  #connectionChanged(): void {
    if (this.#options.connection.state.value.name === 'online') this.#follower.start();
    else {
      this.#follower.stop();
      // Who writes is not known without a connection.
      this.#typists.clear();
    }
  }

  #live(): void {
    this.#outbox?.resume();
    this.#receipts?.resume();
    if (this.#state.value.paging === 'failed') this.#patch({ paging: 'idle' });
    // A page of nothing but changes leaves the screen empty though there are messages.
    if (this.#state.value.log?.messages.length === 0) void this.page({ name: 'older' });
  }

  #fresh(entries: readonly Entry[], as: 'page' | 'news'): void {
    const { me, receipts } = this.#state.value;
    const messages = entries.filter((entry) => entry.type === 'message');
    for (const { key, sender } of messages) {
      if (key !== undefined && sender.id === me) this.#outbox?.settle(key);
      this.#typists.heard(sender.id, false);
    }
    this.#outbox?.seen(this.head ?? 0);
    if (me !== undefined) this.#receipts?.known(this.#state.value.receipts[me]);
    this.#receipts?.raise({ delivered: this.head ?? 0 });
    const read = receipts[me ?? '']?.read ?? 0;
    const news = as === 'news' ? messages : this.#options.invited ? messages.filter(({ seq }) => seq > read) : [];
    if (news.length === 0) return;
    for (const listener of [...this.#newsListeners]) listener(news);
  }

  #patch(change: Partial<ChannelState>): void {
    this.#state.set({ ...this.#state.value, ...change });
  }
}
