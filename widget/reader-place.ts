import type { LitElement } from 'lit';
import type { ChatController } from './chat-controller.ts';
import type { PageRequest } from './client/pager.ts';
import type { Unread } from './unread.ts';
import type { Scroller } from './views/scroller.ts';
import type { Unrolling } from './views/unrolling.ts';

/** How long a message that was jumped to is marked; the style sheet's animation takes as long. */
const flashMs = 1_600;

export type ReaderPlaceParts = {
  chat: ChatController;
  scroller: Scroller;
  unrolling: Unrolling;
  /** A message that was asked for is not there. */
  notThere: () => void;
};

/** Takes the reader to a place of the conversation on the screen: to a message, or to what they have not read. */
export class ReaderPlace {
  readonly #host: LitElement;
  readonly #parts: ReaderPlaceParts;
  #moves = 0;

  constructor(host: LitElement, parts: ReaderPlaceParts) {
    this.#host = host;
    this.#parts = parts;
  }

  /** The reader is about to be somewhere else. */
  get isSettling(): boolean {
    const { chat, scroller } = this.#parts;
    return this.#moves > 0 || chat.unread.toShow || scroller.isLost;
  }

  /** The divider stands behind this seq; undefined where there is none to be shown. */
  get unreadAfter(): number | undefined {
    return this.#isFurtherUp ? undefined : this.#parts.chat.unread.divider;
  }

  /** What is unread begins before what is held. A divider on top of that would move up with each page. */
  get #isFurtherUp(): boolean {
    const { state, unread } = this.#parts.chat;
    const first = state.log?.hasBefore ? state.log.messages[0] : undefined;
    return first !== undefined && unread.divider !== undefined && unread.divider + 1 < first.seq;
  }

  /** Resolves with whether the message is there. */
  async toMessage(seq: number): Promise<boolean> {
    const { chat, scroller, unrolling, notThere } = this.#parts;
    const { session } = chat;
    await unrolling.complete();
    const find = () => this.#find(`.message[data-seq="${seq}"]`);
    if (!find() && chat.session === session) await this.#bring({ name: 'message', seq });
    // The reader has gone on to another conversation, which has a message of that seq, too.
    if (chat.session !== session) return false;
    const row = find();
    if (!row) {
      notThere();
      return false;
    }
    row.focus({ preventScroll: true });
    scroller.reveal(row, 'middle');
    row.toggleAttribute('data-flash', true);
    setTimeout(() => row.removeAttribute('data-flash'), flashMs);
    return true;
  }

  /**
   * After an update, where the reader has to go on from what they have read: to the divider on top, or to the end where all of
   * it is in sight anyway. Who is further up stays there.
   */
  toUnread(): void {
    const { chat, scroller, unrolling } = this.#parts;
    const { session, state, unread } = chat;
    if (!unread.toShow || !unrolling.isComplete || this.#moves > 0) return;
    if (!scroller.atEnd || this.#find('.unread')) this.#arrived(unread, scroller.atEnd);
    else if (this.#isFurtherUp && this.#find('.list') && state.phase.name === 'live')
      // In one go, and not page by page.
      void this.#bring({ name: 'around', seq: (unread.divider ?? 0) + 1 }).then(() => {
        if (session === chat.session) this.#arrived(unread, true);
      });
  }

  #arrived(unread: Unread, goes: boolean): void {
    const { scroller } = this.#parts;
    const divider = this.#find('.unread');
    unread.shown();
    if (goes && divider) scroller.reveal(divider, 'top');
    else if (goes) scroller.toEnd();
    this.#host.requestUpdate();
  }

  /** Another part of the conversation comes to the screen; where there is none, the reader stays where they are. */
  async #bring(request: PageRequest): Promise<void> {
    const { chat, scroller, unrolling } = this.#parts;
    const goBack = scroller.release();
    this.#moves += 1;
    const came = await chat.session?.page(request);
    await unrolling.complete();
    this.#moves -= 1;
    if (!came) goBack();
  }

  #find(selector: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(selector);
  }
}
