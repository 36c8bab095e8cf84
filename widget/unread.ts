import type { MessageEntry } from '../protocol/entities.ts';
import type { ChannelState } from './client/channel-state.ts';

/** What others have written since the reader last saw the end of the channel, and where that begins. */
export class Unread {
  #count = 0;
  #mentions = 0;
  /** The seq of the last of them. */
  #last = 0;
  #divider: number | undefined;
  /** Whose these are. */
  #of: string | undefined;
  #toShow = false;
  readonly #counted: number;

  /** @param counted how many the server has counted: the first page may not have them all */
  constructor(counted = 0) {
    this.#counted = counted;
  }

  /** Messages that the reader has not seen. */
  get count(): number {
    return this.#count;
  }

  /** Those of them that mention the reader. */
  get mentions(): number {
    return this.#mentions;
  }

  /** The seq behind which the unread ones begin; it stays when they have been read, until there are others. */
  get divider(): number | undefined {
    return this.#divider;
  }

  /** The divider has to be brought into sight, before anything counts as seen. */
  get toShow(): boolean {
    return this.#toShow;
  }

  /** The channel is known: what is unread follows from the reader's own watermark, on whatever device it was set. */
  begin({ log, receipts, me }: ChannelState): void {
    if (!log || me === undefined) return;
    const read = receipts[me]?.read ?? 0;
    // Read elsewhere, on another device or in another tab.
    if (this.#of === me && this.#last > 0 && read >= this.#last) this.seen();
    if (this.#of === me) return;
    this.#of = me;
    const held = log.messages.filter(({ seq, sender }) => seq > read && sender.id !== me);
    this.#count = held.length && Math.max(held.length, this.#counted);
    this.#mentions = mentioning(held, me).length;
    this.#last = held.at(-1)?.seq ?? 0;
    // Whoever has never been here has no place to go on from.
    this.#divider = read > 0 && held.length > 0 ? read : undefined;
    this.#toShow = this.#divider !== undefined;
  }

  /** Others wrote these while the reader was not looking. */
  missed(messages: readonly MessageEntry[], me: string | undefined): void {
    const [first] = messages;
    if (this.#count === 0 && first) this.#divider = first.seq - 1;
    this.#count += messages.length;
    this.#mentions += mentioning(messages, me).length;
    this.#last = messages.at(-1)?.seq ?? this.#last;
  }

  /** The reader comes to look. */
  opened(): void {
    this.#toShow = this.#count > 0 && this.#divider !== undefined;
  }

  shown(): void {
    this.#toShow = false;
  }

  seen(): void {
    this.#count = 0;
    this.#mentions = 0;
  }

  /** The reader has written, so they have gone on from there. */
  answered(): void {
    this.#divider = undefined;
    this.#toShow = false;
  }
}

/** Those of the messages that mention somebody. */
export function mentioning(messages: readonly MessageEntry[], user: string | undefined): readonly MessageEntry[] {
  return messages.filter(({ mentions }) => user !== undefined && mentions?.includes(user));
}
