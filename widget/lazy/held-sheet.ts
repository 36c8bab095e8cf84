import type { TemplateResult } from 'lit';
import type { ChatController } from '../chat-controller.ts';
import type { ChannelSession } from '../client/channel-session.ts';
import type { ChannelState } from '../client/channel-state.ts';
import { held as english } from '../i18n/held/en.ts';
import type { SheetHost } from '../lazy-sheet.ts';
import type { ViewContext } from '../views/context.ts';
import { Cover } from './cover.ts';
import { type HeldRequests, heldSheet, heldSign, waitingText } from './held.ts';
import { decide, type HeldMessage, idOf, listHeld } from './held-messages.ts';

export { translations } from '../i18n/held/translations.ts';
export { held as styles } from '../styles/held.ts';

export interface HeldSheetHost extends SheetHost {
  look(): { chat: ChatController; context: ViewContext };
  /** Tells a screen reader. */
  say(text: string): void;
}

/** What waits for an organizer in the conversation on the screen: the sign that something does, and over the conversation the list. */
export class Sheet extends Cover<HeldSheetHost> {
  protected readonly focusOf = { first: '.sheet .icon-button', opener: '[part="open-held"]' };
  #session: ChannelSession | undefined;
  #messages: readonly HeldMessage[] | undefined;
  #failed = false;
  /** What the list was asked for after. */
  #told: ChannelState['held'] | undefined;
  #isListing = false;
  /** By id: an answer that was under way may have them still. */
  readonly #decided = new Set<string>();
  readonly #deciding = new Set<string>();
  /** So many were said to wait. */
  readonly #said = new WeakMap<ChannelSession, number>();
  /** The row with the focus, and those behind it. */
  #following: readonly Element[] = [];

  /** How many wait for the reader, in words; undefined where none does. */
  waiting(): string | undefined {
    const count = this.#count;
    return count > 0 ? waitingText(count, this.host.look().context) : undefined;
  }

  /** Undefined where nothing waits for the reader. */
  sign(): TemplateResult | undefined {
    const text = this.waiting();
    return text === undefined ? undefined : heldSign(text, () => this.open());
  }

  override open(): void {
    this.#session = this.host.look().chat.session;
    this.#messages = undefined;
    this.#failed = false;
    this.#told = undefined;
    this.#decided.clear();
    super.open();
  }

  hostUpdate(): void {
    this.#say();
    // Another conversation came to the screen, or the reader is no organizer any more.
    if (this.isOpen && (this.host.look().chat.session !== this.#session || !this.#isOrganizer)) this.close();
    if (this.isOpen) void this.#list();
    const row = this.element.shadowRoot?.activeElement?.closest('.held-message');
    const rows = row ? [...this.element.renderRoot.querySelectorAll('.held-message')] : [];
    this.#following = row ? rows.slice(rows.indexOf(row)) : [];
  }

  override hostUpdated(): void {
    super.hostUpdated();
    // Decided on, by whomever: the focus goes to the next one.
    if (this.#following[0]?.isConnected === false) {
      const next = this.#following.find(({ isConnected }) => isConnected);
      if (next instanceof HTMLElement) next.focus();
    }
  }

  protected content(): TemplateResult {
    const messages = this.#messages?.filter((message) => !this.#decided.has(idOf(message)));
    return heldSheet({ messages, failed: this.#failed }, this.host.look().context, this.#requests);
  }

  readonly #requests: HeldRequests = {
    close: () => this.dismiss(),
    retry: () => {
      this.#told = undefined;
      this.element.requestUpdate();
    },
    decide: (message, passes) => void this.#decide(message, passes),
  };

  get #isOrganizer(): boolean {
    const { role, phase } = this.host.look().chat.state;
    return role === 'organizer' && phase.name !== 'left' && phase.name !== 'refused';
  }

  get #count(): number {
    return this.#isOrganizer ? this.host.look().chat.state.held.count : 0;
  }

  /** Whenever more wait than before. */
  #say(): void {
    const { chat, context } = this.host.look();
    if (!chat.session) return;
    const count = this.#count;
    if (count > (this.#said.get(chat.session) ?? 0)) this.host.say(waitingText(count, context));
    this.#said.set(chat.session, count);
  }

  /** Asks for the list, and again where meanwhile was told that it is another. */
  async #list(): Promise<void> {
    const { chat } = this.host.look();
    const { target, session } = chat;
    const { held } = chat.state;
    if (this.#isListing || held === this.#told || !target) return;
    this.#told = held;
    this.#isListing = true;
    const listed = await listHeld(target);
    this.#isListing = false;
    if (session === this.#session) {
      this.#failed = typeof listed === 'string';
      if (typeof listed !== 'string') this.#messages = listed;
    }
    this.element.requestUpdate();
  }

  async #decide(message: HeldMessage, passes: boolean): Promise<void> {
    const { chat, context } = this.host.look();
    const id = idOf(message);
    if (!chat.target || this.#deciding.has(id)) return;
    this.#deciding.add(id);
    const code = await decide(chat.target, message, passes);
    this.#deciding.delete(id);
    const strings = { ...english, ...context.strings };
    if (code === undefined) this.host.say(passes ? strings.wasLetThrough : strings.wasRefused);
    // Somebody else has decided on it.
    else if (code !== 'not_found') {
      this.host.note(code === 'no_answer' ? strings.unreachable : strings.failure(code));
      return;
    }
    this.#decided.add(id);
    this.element.requestUpdate();
  }
}
