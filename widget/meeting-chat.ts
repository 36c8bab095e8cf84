import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Member, MessageEntry } from '../protocol/entities.ts';
import { type Announcer, announcerFor } from './announcer.ts';
import { ChatController } from './chat-controller.ts';
import { Client, type ClientOptions } from './client/client.ts';
import { fromCookie, fromFunction, fromStorage, type GetToken, type TokenSource } from './client/token-source.ts';
import { en } from './i18n/en.ts';
import { formatsFor } from './i18n/formats.ts';
import { sheets } from './styles/sheets.ts';
import { type Banner, bannerOf, bannerView } from './views/banner.ts';
import { canSend, composer } from './views/composer.ts';
import type { ViewContext } from './views/context.ts';
import { header } from './views/header.ts';
import { launcher } from './views/launcher.ts';
import { mayHoldLink, type Tokenize } from './views/linked-text.ts';
import { messageList } from './views/message-list.ts';
import { rowsOf } from './views/rows.ts';
import { Scroller } from './views/scroller.ts';

/** What lies beside the code: the server that it came from is the default for `server`. */
const scriptBase = new URL('.', import.meta.url).href;
/** More news than this at once is counted instead of read out. */
const readOutAtMost = 3;
const noToken = () => undefined;

/**
 * The chat of a meeting.
 *
 * @attr {string} server - URL of the chat server; the script's own origin by default
 * @attr {string} meeting - channel id of the meeting; the element waits until it is set
 * @attr {string} token-storage - key of `localStorage`, else of `sessionStorage`, under which the page keeps the user's JWT
 * @attr {string} token-cookie - name of the cookie in which the page keeps it
 * @attr {'floating' | 'inline'} placement - `floating`: a launcher in the corner that opens a panel; `inline`: fills its box
 * @attr {'idle' | 'visible' | 'interaction' | 'eager'} load - when the loader fetches the rest of the code
 * @attr {boolean} open - whether the floating panel is open
 * @attr {'auto' | 'light' | 'dark'} theme - `auto` follows the reader's system
 * @attr {string} lang - BCP 47 tag of the texts, dates and numbers; the reader's own by default
 * @attr {string} heading - the title to show instead of the channel's
 * @prop {GetToken} getToken - gives the JWT, at once or by promise; asked before every attempt to connect; wins over both attributes
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
    open: { type: Boolean, reflect: true },
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
  declare open: boolean;
  declare theme: 'auto' | 'light' | 'dark';
  declare lang: string;
  declare heading: string | undefined;

  readonly #chat = new ChatController(this, {
    news: (messages) => this.#news(messages),
    makeClient: (options) => this.makeClient(options),
  });
  readonly #scroller = new Scroller(this, () => this.renderRoot, {
    endReached: () => this.#endReached(),
    nearStart: (byReader) => this.#page('older', byReader),
    nearEnd: (byReader) => this.#page('newer', byReader),
  });
  #announcer: Announcer | undefined;
  #announced: string | undefined;
  #tokenize: Tokenize | undefined;
  #links: Promise<unknown> | undefined;
  #draft = '';
  #unseen = 0;
  #hadFocus = false;

  constructor() {
    super();
    this.placement = 'floating';
    this.open = false;
    this.theme = 'auto';
    this.lang = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#announcer ??= announcerFor(this);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Not at once: an element that is only moved is connected again in the same turn, and keeps its session.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#chat.close();
      this.#announcer?.stop();
      this.#announcer = undefined;
    });
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
    if (this.isConnected) this.#chat.open(this.#target());
    this.#chat.session?.setFollowing(!this.#isShown || this.#scroller.atEnd);
    if (this.#isCaughtUp) this.#unseen = 0;
  }

  protected override render(): TemplateResult {
    const context = this.#context();
    return html`<div
      class="root"
      @keydown=${this.#keyed}
      @keyup=${keepInside}
      @keypress=${keepInside}
      @paste=${keepInside}
    >
      ${this.#isShown ? this.#panel(context) : nothing}
      ${this.placement === 'inline' ? nothing : launcher({ open: this.open, unread: this.#unseen }, context, () => this.#toggle())}
      <slot name="announcer"></slot>
    </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#announceBanner();
    if (changed.has('open') && this.open && changed.get('open') === false) this.#scroller.toEnd();
  }

  #panel(context: ViewContext): TemplateResult {
    const { state } = this.#chat;
    const { log, outbox, members, me, role, channel, paging } = state;
    const rows = rowsOf({ messages: log?.messages ?? [], outbox, members, me, role });
    this.#findLinks(log?.messages);
    return html`<section class="panel" part="panel" aria-label=${this.#title(context)}>
      ${header(
        {
          title: this.#title(context),
          // Without a connection nobody knows.
          online: state.phase.name === 'live' ? Object.values(members).filter(isOnline).length : 0,
          closable: this.placement !== 'inline',
        },
        context,
        () => this.#toggle(),
      )}
      ${bannerView(this.#banner(context), () => this.#chat.retry())}
      ${messageList(
        {
          rows,
          ready: log !== undefined,
          loadingOlder: paging === 'older',
          unseen: this.#unseen,
          away: log !== undefined && !this.#isCaughtUp,
        },
        context,
        {
          scrolled: () => this.#scroller.scrolled(),
          toEnd: () => this.#toEnd(),
          retry: (key) => this.#chat.session?.retry(key),
          discard: (key) => this.#chat.session?.discard(key),
        },
      )}
      ${composer({ text: this.#draft, closed: closedFor(channel?.settings.state, role, context) }, context, {
        typed: (text) => this.#typed(text),
        submit: () => this.#submit(),
      })}
    </section>`;
  }

  get #isShown(): boolean {
    return this.open || this.placement === 'inline';
  }

  /** The reader sees the end of the channel. */
  get #isCaughtUp(): boolean {
    return this.#isShown && this.#scroller.atEnd && !this.#chat.state.log?.hasAfter;
  }

  #target() {
    if (!this.meeting) return undefined;
    const base = URL.canParse(this.server ?? '', document.baseURI) && this.server;
    const server = base ? new URL(base, document.baseURI).href : scriptBase;
    return { server, channel: this.meeting, source: this.#source() };
  }

  #source(): TokenSource {
    if (this.getToken) return fromFunction(this.getToken);
    if (this.tokenStorage) return fromStorage(this.tokenStorage);
    return this.tokenCookie ? fromCookie(this.tokenCookie) : fromFunction(noToken);
  }

  #context(): ViewContext {
    return { strings: en, formats: formatsFor(this.lang), tokenize: this.#tokenize };
  }

  #title({ strings }: ViewContext): string {
    return this.heading || this.#chat.state.channel?.title || strings.chat;
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

  #toggle(): void {
    this.open = !this.open;
    void this.updateComplete.then(() => this.#focusInside());
  }

  #focusInside(): void {
    this.renderRoot.querySelector<HTMLElement>(this.#isShown ? 'textarea' : '.launcher')?.focus();
  }

  #endReached(): void {
    this.requestUpdate();
  }

  #news(messages: readonly MessageEntry[]): void {
    const { me } = this.#chat.state;
    const others = messages.filter(({ sender }) => sender.id !== me);
    if (others.length === 0) return;
    if (!this.#isCaughtUp) this.#unseen += others.length;
    const { strings, formats } = this.#context();
    if (others.length > readOutAtMost) {
      this.#announcer?.say(strings.newMessages(others.length, formats.number(others.length)));
    } else {
      for (const { sender, text } of others) this.#announcer?.say(strings.said(sender.name, text));
    }
  }

  #announceBanner(): void {
    const context = this.#context();
    const banner = this.#banner(context);
    const name = banner?.tone === 'warn' ? banner.name : undefined;
    if (name === this.#announced || banner?.tone === 'calm') return;
    this.#announced = name;
    this.#announcer?.say(banner?.text ?? context.strings.backOnline);
  }

  /** The code that finds links is fetched with the first text that may hold one. */
  #findLinks(messages: readonly MessageEntry[] = []): void {
    if (this.#links || !messages.some(({ text }) => mayHoldLink(text))) return;
    this.#links = import('linkifyjs').then(
      ({ tokenize }) => {
        this.#tokenize = tokenize;
        this.requestUpdate();
      },
      () => {
        this.#links = undefined;
      },
    );
  }

  readonly #keyed = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.open && this.placement !== 'inline') {
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

function isOnline({ state }: Member): boolean {
  return state === 'online';
}

function closedFor(
  state: 'open' | 'closed' | 'ended' | undefined,
  role: 'organizer' | 'participant' | undefined,
  { strings }: ViewContext,
): string | undefined {
  switch (state) {
    case undefined:
    case 'open':
      return undefined;
    case 'closed':
      return role === 'organizer' ? undefined : strings.closed;
    case 'ended':
      return strings.ended;
  }
}
