import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { MessageEntry } from '../protocol/entities.ts';
import { ChatController } from './chat-controller.ts';
import { targetOf } from './chat-target.ts';
import { Client, type ClientOptions } from './client/client.ts';
import type { GetToken } from './client/token-source.ts';
import { HostEvents } from './host-events.ts';
import { ReaderLanguage } from './i18n/reader-language.ts';
import { LinkFinder } from './link-finder.ts';
import { Narrator } from './narrator.ts';
import { sheets } from './styles/sheets.ts';
import { type Banner, bannerOf } from './views/banner.ts';
import { canSend } from './views/composer.ts';
import type { ViewContext } from './views/context.ts';
import { launcher } from './views/launcher.ts';
import { type PanelRequests, panel } from './views/panel.ts';
import { Scroller } from './views/scroller.ts';

/**
 * The chat of a meeting.
 *
 * @attr {string} server - URL of the chat server; the script's own origin by default
 * @attr {string} meeting - channel id of the meeting; the element waits until it is set
 * @attr {string} token-storage - key of `localStorage`, else of `sessionStorage`, under which the page keeps the user's JWT
 * @attr {string} token-cookie - name of the cookie in which the page keeps it
 * @attr {'floating' | 'inline'} placement - `floating`: a launcher in the corner that opens a panel; `inline`: fills its box
 * @attr {'idle' | 'visible' | 'interaction' | 'eager'} load - when the loader fetches the rest of the code
 * @attr {boolean} open - whether the floating panel is open; the property is `opened`
 * @attr {'auto' | 'light' | 'dark'} theme - `auto` follows the reader's system
 * @attr {string} lang - BCP 47 tag of the texts, dates and numbers; by default the page's, else the reader's own
 * @attr {string} heading - the title to show instead of the channel's
 * @prop {GetToken} getToken - gives the JWT, at once or by promise; asked before every attempt to connect; wins over both attributes
 *
 * @fires mc-ready - the channel is joined; `detail.channel`
 * @fires mc-message - somebody wrote just now, `detail.own` says whether the user; `detail.message`; never for history
 * @fires mc-unread-change - another number of unread messages; `detail.unread`
 * @fires mc-before-send - the user sends `detail.text`; `preventDefault()` holds it back, and the text stays in the composer
 * @fires mc-open - the panel was opened
 * @fires mc-close - the panel was closed
 * @fires mc-error - only the user or the page can mend it: `detail.code`, and `detail.key` where it is about one message
 *
 * @cssstate open - the panel is open
 * @cssstate unread - there are unread messages
 * @cssstate ready - the channel is joined
 * @cssstate connecting - the connection is being made
 * @cssstate offline - the connection is lost, and tried again by itself
 * @cssstate error - there is no way in, as `mc-error` told
 *
 * @csspart panel - all but the launcher
 * @csspart launcher - the button in the corner
 * @csspart badge - the number of unread messages at the launcher
 * @csspart header - the bar on top
 * @csspart title - the heading in it
 * @csspart subtitle - who is there
 * @csspart close - the button that closes the floating panel
 * @csspart banner - what there is to know about the connection
 * @csspart banner-action - the button in it
 * @csspart list - the scrolling list of messages
 * @csspart day - the line between two days
 * @csspart older - shown while earlier messages are loaded
 * @csspart empty - shown where there are no messages
 * @csspart message - a message; it has `data-state` = `sending`, `sent`, `failed` or `received`, `data-seq` once it is stored, and `data-own`
 * @csspart message-own - a message of the reader's own
 * @csspart avatar - the disc with the sender's initials
 * @csspart meta - sender, role and time
 * @csspart name - the sender's name
 * @csspart role - the mark of an organizer
 * @csspart time - the time of day
 * @csspart bubble - the box around the text
 * @csspart text - the text
 * @csspart link - a link in a text
 * @csspart edited - the mark of an edited message
 * @csspart state - sending, sent or not sent
 * @csspart failure - why a message was not sent
 * @csspart retry - sends a failed message again
 * @csspart discard - forgets a failed message
 * @csspart new-messages - the button that leads to new messages below
 * @csspart to-end - the same button while there are none
 * @csspart composer - the form at the bottom
 * @csspart field - the box around the input
 * @csspart input - the text area
 * @csspart send - the send button
 * @csspart error - why the text cannot be sent
 * @csspart closed - stands in the composer's place where nobody may write
 *
 * @cssprop --mc-accent - colour of buttons, links and marks
 * @cssprop --mc-on-accent - colour of text on `--mc-accent`
 * @cssprop --mc-surface - background
 * @cssprop --mc-surface-raised - background of others' messages and of the input
 * @cssprop --mc-own - background of the reader's own messages
 * @cssprop --mc-text - colour of text
 * @cssprop --mc-text-soft - colour of secondary text
 * @cssprop --mc-line - colour of lines
 * @cssprop --mc-danger - colour of failures
 * @cssprop --mc-font - font family
 * @cssprop --mc-font-size - size of a message's text
 * @cssprop --mc-radius - corner radius of messages
 * @cssprop --mc-panel-width - width of the floating panel
 * @cssprop --mc-panel-height - height of the floating panel
 * @cssprop --mc-offset - distance of the launcher from the corner
 * @cssprop --mc-line-height - line height of texts
 * @cssprop --mc-warning - background of a warning about the connection
 * @cssprop --mc-on-warning - colour of text on it
 * @cssprop --mc-badge - background of the number at the launcher
 * @cssprop --mc-on-badge - colour of that number
 * @cssprop --mc-shadow - shadow of the floating panel
 * @cssprop --mc-panel-radius - corner radius of the floating panel
 * @cssprop --mc-min-height - least height of the element that fills its box
 * @cssprop --mc-header-height - least height of the bar on top
 * @cssprop --mc-launcher-size - width and height of the launcher
 * @cssprop --mc-launcher-radius - corner radius of the launcher
 * @cssprop --mc-input-radius - corner radius of the box around the input
 * @cssprop --mc-avatar-size - width and height of the discs with initials
 * @cssprop --mc-gap - space above the first message of each sender
 * @cssprop --mc-padding - space at both sides of the list
 * @cssprop --mc-z - stacking order of the floating element
 */
export class MeetingChat extends LitElement {
  static override properties = {
    server: {},
    meeting: {},
    tokenStorage: { attribute: 'token-storage' },
    tokenCookie: { attribute: 'token-cookie' },
    getToken: { attribute: false },
    placement: { reflect: true, useDefault: true },
    opened: { type: Boolean, reflect: true, attribute: 'open' },
    theme: { reflect: true, useDefault: true },
    lang: { reflect: true, useDefault: true },
    heading: {},
  };
  static override styles = sheets;

  declare server: string | undefined;
  declare meeting: string | undefined;
  declare tokenStorage: string | undefined;
  declare tokenCookie: string | undefined;
  declare getToken: GetToken | undefined;
  declare placement: 'floating' | 'inline';
  declare opened: boolean;
  declare theme: 'auto' | 'light' | 'dark';
  declare lang: string;
  declare heading: string | undefined;

  readonly #events = new HostEvents(this);
  readonly #chat = new ChatController(this, {
    news: (messages) => this.#news(messages),
    makeClient: (options) => this.makeClient(options),
    mayGo: (draft) => this.#events.beforeSend(draft),
  });
  readonly #scroller = new Scroller(this, () => this.renderRoot, {
    endReached: () => this.requestUpdate(),
    nearStart: (byReader) => this.#page('older', byReader),
    nearEnd: (byReader) => this.#page('newer', byReader),
  });
  readonly #narrator = new Narrator(this);
  readonly #links = new LinkFinder(this);
  readonly #language = new ReaderLanguage(this);
  readonly #requests: PanelRequests = {
    close: () => this.#toggle(),
    reconnect: () => this.#chat.retry(),
    scrolled: () => this.#scroller.scrolled(),
    toEnd: () => this.#toEnd(),
    retry: (key) => this.#chat.session?.retry(key),
    discard: (key) => this.#chat.session?.discard(key),
    typed: (text) => this.#typed(text),
    submit: () => this.#submit(),
  };
  #draft = '';
  /** Others' messages that came while the reader did not see the end. */
  #unseen = 0;
  #hadFocus = false;

  constructor() {
    super();
    this.placement = 'floating';
    this.opened = false;
    this.theme = 'auto';
    this.lang = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Not at once: an element that is only moved is connected again in the same turn, and keeps its session.
    queueMicrotask(() => {
      if (!this.isConnected) this.#chat.close();
    });
  }

  /** Opens the floating panel and leaves the focus where it is; `focus()` takes it there. */
  open(): void {
    this.opened = true;
  }

  /** Closes the floating panel. */
  close(): void {
    this.opened = false;
  }

  /** Takes the focus to the composer, or to the launcher while the panel is closed. */
  override focus(): void {
    void this.updateComplete.then(() => this.#focusInside());
  }

  /**
   * Sends a text as the user; what they are writing stays.
   * @returns whether the chat took it: not while nobody knows yet who the user is, when it is empty or too long, or when
   * a listener of `mc-before-send` held it back. Once taken it goes out, over any interruption.
   */
  send(text: string): boolean {
    return canSend(text) && this.#chat.session?.send({ text: text.trim() }) !== undefined;
  }

  /** Makes the client when this element is the first of the page to need one for its server and token. */
  protected makeClient(options: ClientOptions): Client {
    return new Client(options);
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    // The loader may have put a button there. Whoever pressed it goes on with the keyboard where it was.
    this.#hadFocus = this.shadowRoot?.activeElement instanceof HTMLElement;
    this.shadowRoot?.replaceChildren();
    return super.createRenderRoot();
  }

  protected override firstUpdated(): void {
    if (this.#hadFocus) this.#focusInside();
  }

  protected override willUpdate(): void {
    this.#language.want(this.lang);
    if (this.isConnected) this.#chat.open(targetOf(this));
    this.#chat.session?.setFollowing(!this.#isShown || this.#scroller.atEnd);
    if (this.#isCaughtUp) this.#unseen = 0;
    this.#links.look(this.#chat.state.log?.messages ?? []);
  }

  protected override render(): TemplateResult {
    const context = this.#context();
    return html`<div class="root" lang=${this.#language.code} dir=${this.#language.direction} @keydown=${this.#keyed} @keyup=${keepInside} @keypress=${keepInside} @paste=${keepInside}>
      ${this.#isShown ? this.#panel(context) : nothing}
      ${this.placement === 'inline' ? nothing : launcher({ open: this.opened, unread: this.#unseen }, context, this.#requests.close)}
      <slot name="announcer"></slot>
    </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const context = this.#context();
    this.#narrator.banner(this.#banner(context), context);
    const { state, connection } = this.#chat;
    this.#events.update({ open: this.opened, unread: this.#unseen, connection, state });
    if (changed.has('opened') && this.opened) this.#scroller.toEnd();
  }

  #panel(context: ViewContext): TemplateResult {
    const { state } = this.#chat;
    const input = {
      state,
      title: this.heading || state.channel?.title || context.strings.chat,
      closable: this.placement !== 'inline',
      banner: this.#banner(context),
      unseen: this.#unseen,
      away: !this.#isCaughtUp,
      draft: this.#draft,
    };
    return panel(input, context, this.#requests);
  }

  get #isShown(): boolean {
    return this.opened || this.placement === 'inline';
  }

  /** The reader sees the end of the channel. */
  get #isCaughtUp(): boolean {
    return this.#isShown && this.#scroller.atEnd && !this.#chat.state.log?.hasAfter;
  }

  #context(): ViewContext {
    return { strings: this.#language.strings, formats: this.#language.formats, tokenize: this.#links.tokenize };
  }

  #banner(context: ViewContext): Banner | undefined {
    return bannerOf(this.#chat.connection, this.#chat.state.phase, Date.now(), context);
  }

  #typed(text: string): void {
    this.#draft = text;
    this.requestUpdate();
  }

  #submit(): void {
    // Undefined while nobody knows yet who the user is; then the text stays where it is.
    if (!canSend(this.#draft) || this.#chat.session?.send({ text: this.#draft.trim() }) === undefined) return;
    this.#draft = '';
    this.#scroller.toEnd();
    this.requestUpdate();
  }

  #toEnd(): void {
    void this.#chat.session?.page({ name: 'latest' });
    this.#scroller.toEnd();
    this.requestUpdate();
  }

  #page(name: 'older' | 'newer', byReader: boolean): void {
    // A page that failed is asked for again when the reader asks, and not by the update that says so.
    if (byReader || this.#chat.state.paging !== 'failed') void this.#chat.session?.page({ name });
  }

  /** By the user's own hand, so the focus goes along. */
  #toggle(): void {
    this.opened = !this.opened;
    void this.updateComplete.then(() => this.#focusInside());
  }

  #focusInside(): void {
    this.renderRoot.querySelector<HTMLElement>(this.#isShown ? 'textarea' : '.launcher')?.focus();
  }

  #news(messages: readonly MessageEntry[]): void {
    const { me } = this.#chat.state;
    const others = messages.filter(({ sender }) => sender.id !== me);
    if (!this.#isCaughtUp) this.#unseen += others.length;
    this.#narrator.news(others, this.#context());
    this.#events.news(messages, me);
  }

  readonly #keyed = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.opened && this.placement !== 'inline') {
      event.stopPropagation();
      this.#toggle();
    } else if (event.key !== 'Escape' && event.key !== 'Tab') {
      event.stopPropagation();
    }
  };
}

/** What is typed here is none of the host page's business: its shortcuts must not go off. */
function keepInside(event: Event): void {
  event.stopPropagation();
}
