import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { MessageEntry } from '../protocol/entities.ts';
import { ChatController, type Conversation } from './chat-controller.ts';
import { targetOf } from './chat-target.ts';
import type { ChannelSession } from './client/channel-session.ts';
import { initialChannelState } from './client/channel-state.ts';
import { Client, type ClientOptions } from './client/client.ts';
import type { GetToken } from './client/token-source.ts';
import { Composition } from './composition.ts';
import { HostEvents } from './host-events.ts';
import { ReaderLanguage } from './i18n/reader-language.ts';
import { Keyboard, keepInside } from './keyboard.ts';
import { lazyParts } from './lazy-parts.ts';
import { LinkFinder } from './link-finder.ts';
import { MessageActions } from './message-actions.ts';
import { Narrator } from './narrator.ts';
import { Notice } from './notice.ts';
import { ReaderPlace } from './reader-place.ts';
import { hasSettings } from './settings-key.ts';
import { sheets } from './styles/sheets.ts';
import { type Banner, bannerOf } from './views/banner.ts';
import { canSend } from './views/composer.ts';
import type { ViewContext } from './views/context.ts';
import { launcher } from './views/launcher.ts';
import { MessageFocus } from './views/message-focus.ts';
import { failureText } from './views/message-view.ts';
import { closedFor, type PanelRequests, panel } from './views/panel.ts';
import type { Row } from './views/rows.ts';
import { Scroller } from './views/scroller.ts';
import { Unrolling } from './views/unrolling.ts';

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
 * @fires mc-message - somebody wrote just now, `detail.own` says whether the user; `detail.message`, `detail.channel`; never for history
 * @fires mc-unread-change - another number of unread messages; `detail.unread`, and `detail.mentions` of them that mention the user
 * @fires mc-conversation-change - another conversation is on the screen; `detail.channel`
 * @fires mc-before-send - the user sends `detail.text` to `detail.channel`; `preventDefault()` holds it back, and the text stays in the composer
 * @fires mc-open - the panel was opened
 * @fires mc-close - the panel was closed
 * @fires mc-error - only the user or the page can mend it: `detail.code`, and `detail.key` where it is about one message
 *
 * @slot header - at the bar on top, before its buttons
 * @slot top - between that bar and the messages
 * @slot empty - instead of the text where there are no messages
 * @slot bottom - between the messages and the composer
 * @slot tools - in the composer, before the send button
 * @slot launcher - instead of the picture in the launcher
 *
 * @cssstate open - the panel is open
 * @cssstate unread - there are unread messages
 * @cssstate mentioned - some of them mention the user
 * @cssstate ready - the channel is joined
 * @cssstate connecting - the connection is being made
 * @cssstate offline - the connection is lost, and tried again by itself
 * @cssstate error - there is no way in, as `mc-error` told
 *
 * @csspart panel - all but the launcher; it has `data-kind` = `meeting`, `group` or `direct`
 * @csspart launcher - the button in the corner
 * @csspart badge - the number of unread messages at the launcher; `!` where only messages wait for the organizer
 * @csspart header - the bar on top
 * @csspart title - the heading in it
 * @csspart subtitle - how many are there; in a private conversation whether the other one is, or since when not, with `data-state` = `online` or `offline`
 * @csspart open-conversations - the heading, where there are several conversations: the button that shows them
 * @csspart conversations - the menu of conversations
 * @csspart conversation - one of them; it has `data-kind` = `meeting`, `group` or `direct`
 * @csspart conversation-unread - the number of unread messages in it, or in all the others at the heading
 * @csspart recipient - above the input of a private conversation: to whom it goes
 * @csspart open-search - the button that opens the search
 * @csspart search - the sheet with the search
 * @csspart search-input - the field in it
 * @csspart search-count - how many messages were found
 * @csspart search-result - one of them
 * @csspart search-more - the button that shows more of them
 * @csspart close-search - the button that closes it
 * @csspart open-settings - the button that opens the settings
 * @csspart settings - the sheet with the settings
 * @csspart close-settings - the button that closes it
 * @csspart set-sound - sound for new messages
 * @csspart set-notifications - notifications of new messages
 * @csspart set-hearing - what screen readers read out
 * @csspart set-text-size - the size of the conversation's texts
 * @csspart people - the list of members that an @ offers
 * @csspart person - one of them
 * @csspart open-members - the button that shows who is there
 * @csspart members - the sheet with the members
 * @csspart close-members - the button that closes it
 * @csspart member - a member in it
 * @csspart mute - mutes a member, or lets them speak again
 * @csspart privately - opens a private conversation with a member
 * @csspart remove - removes a member, after one more question
 * @csspart confirm-remove - removes them
 * @csspart cancel-remove - does not
 * @csspart meeting - the organizer's form
 * @csspart meeting-title - the title in it
 * @csspart save-title - saves the title
 * @csspart meeting-state - who can write
 * @csspart open-held - for organizers: how many messages wait for them, and the button that shows them
 * @csspart held - the sheet with the messages that wait
 * @csspart close-held - the button that closes it
 * @csspart held-message - a message in it
 * @csspart let-through - lets it through
 * @csspart refuse - refuses it
 * @csspart retry-held - asks for them again
 * @csspart close - the button that closes the floating panel
 * @csspart banner - what there is to know about the connection
 * @csspart banner-action - the button in it
 * @csspart list - the scrolling list of messages
 * @csspart day - the line between two days
 * @csspart unread - the line above the first unread message
 * @csspart typing - who is typing
 * @csspart message-actions - the button that opens a message's menu
 * @csspart quote - the message that another one answers, in short
 * @csspart reactions - the reactions to a message
 * @csspart reaction - one of them
 * @csspart menu - the menu of a message
 * @csspart menu-item - an item in it
 * @csspart menu-emoji - a reaction in it
 * @csspart emoji-input - the field for any other emoji
 * @csspart cancel-delete - leaves a message where it is
 * @csspart confirm-delete - deletes it
 * @csspart purpose - above the input: what is answered or edited
 * @csspart cancel - the button that ends that
 * @csspart notice - what the reader is told in passing
 * @csspart older - shown while earlier messages are loaded
 * @csspart empty - shown where there are no messages
 * @csspart message - a message; it has `data-state` = `sending`, `sent`, `held`, `failed` or `received`, `data-seq` once it is stored, and `data-own`
 * @csspart message-own - a message of the reader's own
 * @csspart avatar - the disc with the sender's initials
 * @csspart meta - sender, role and time
 * @csspart name - the sender's name
 * @csspart role - the mark of an organizer
 * @csspart time - the time of day
 * @csspart bubble - the box around the text
 * @csspart text - the text
 * @csspart link - a link in a text
 * @csspart mention - a member's name in a text
 * @csspart mention-me - the reader's own
 * @csspart edited - the mark of an edited message
 * @csspart state - sending, sent or not sent; it has `data-reach` = `sent`, `delivered` or `read` once it is stored
 * @csspart failure - why a message was not sent, or not yet
 * @csspart retry - sends a failed message again
 * @csspart discard - forgets a failed message
 * @csspart new-messages - the button that leads to new messages below
 * @csspart to-end - the same button while there are none
 * @csspart composer - the form at the bottom
 * @csspart field - the box around the input
 * @csspart input - the text area
 * @csspart send - the send button
 * @csspart error - why the text cannot be sent
 * @csspart room - how many characters are left
 * @csspart closed - stands in the composer's place where nobody may write
 *
 * @cssprop --mc-accent - colour of buttons, links and marks
 * @cssprop --mc-on-accent - colour of text on `--mc-accent`
 * @cssprop --mc-private - colour of buttons, links and marks in a private conversation
 * @cssprop --mc-on-private - colour of text on `--mc-private`
 * @cssprop --mc-private-own - background of the reader's own messages there
 * @cssprop --mc-private-surface - background of its header and of the recipient's name
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
    news: (messages, conversation) => this.#news(messages, conversation),
    makeClient: (options) => this.makeClient(options),
    mayGo: (draft, channel) => this.#events.beforeSend(draft, channel),
  });
  readonly #scroller = new Scroller(this, () => this.renderRoot, {
    endReached: () => this.requestUpdate(),
    nearStart: (byReader) => this.#page('older', byReader),
    nearEnd: (byReader) => this.#page('newer', byReader),
  });
  readonly #unrolling = new Unrolling(this);
  readonly #place = new ReaderPlace(this, {
    chat: this.#chat,
    scroller: this.#scroller,
    unrolling: this.#unrolling,
    notThere: () => this.#note(this.#context().strings.notThere),
  });
  readonly #narrator = new Narrator(this);
  readonly #links = new LinkFinder(this);
  readonly #lazy = lazyParts(this, {
    chat: this.#chat,
    narrator: this.#narrator,
    title: () => this.#title,
    base: () => this.#base(),
    context: () => this.#context(),
    note: (text) => this.#note(text),
    // What comes in the place of another conversation has the focus only where the reader has asked for it.
    show: (channel, byReader) => {
      this.#go(channel);
      if (byReader) this.#compose(() => {});
    },
    jump: (seq) => void this.jumpTo(seq),
  });
  readonly #language = new ReaderLanguage(this);
  readonly #requests: PanelRequests = {
    search: () => void this.#lazy.search.open(),
    // Its texts and its way to write to somebody come with the conversations.
    members: () => void this.#lazy.conversations.prepare().then(() => this.#lazy.members.open()),
    settings: () => void this.#lazy.settings.open(),
    close: () => this.#toggle(),
    reconnect: () => this.#chat.retry(),
    scrolled: () => this.#scroller.scrolled(),
    toEnd: () => this.#toEnd(),
    retry: (key) => this.#chat.session?.retry(key),
    discard: (key) => this.#chat.session?.discard(key),
    menu: (seq) => void this.#actions.menu.open(seq),
    react: (seq, emoji, on) => this.#actions.react(seq, emoji, on),
    jump: (seq) => void this.jumpTo(seq),
    keyedList: (event) => this.#focus.keyed(event),
    focusedList: (event) => this.#focus.focused(event),
    typed: (text) => {
      this.#composition.type(text);
      if (text.includes('@')) void this.#lazy.mentionList.fetch();
      this.#chat.session?.typed(text.trim() !== '');
    },
    submit: () => this.#submit(),
    cancel: () => this.#compose(() => this.#composition.cancel()),
    editLast: () => this.#editLast(),
  };
  readonly #composition = new Composition(this);
  readonly #notice = new Notice(this);
  readonly #focus = new MessageFocus(this, () => this.renderRoot, {
    reveal: (row) => this.#scroller.reveal(row, 'nearest'),
    act: ({ dataset }) => dataset.seq !== undefined && void this.#actions.menu.open(Number(dataset.seq)),
  });
  readonly #actions = new MessageActions(this, {
    focus: this.#focus,
    look: () => {
      const { session, state } = this.#chat;
      const context = this.#context();
      return {
        session,
        state,
        context,
        mayWrite: state.phase.name === 'live' && this.#closed(context) === undefined,
        offer: this.#lazy.offer(),
      };
    },
    reply: (message) => this.#compose(() => this.#composition.reply(message)),
    edit: (message) => this.#compose(() => this.#composition.edit(message)),
    jump: (seq) => void this.jumpTo(seq),
    note: (text) => this.#note(text),
  });

  readonly #keyboard = new Keyboard(this, {
    isShown: () => this.#isShown,
    escaped: () => {
      const closes = this.opened && this.placement !== 'inline';
      if (closes) this.#toggle();
      return closes;
    },
  });

  /** However the page hides it, or scrolls it away. */
  #isInSight = false;
  readonly #sight = new IntersectionObserver((changes) => {
    this.#isInSight = changes.at(-1)?.isIntersecting === true;
    this.requestUpdate();
  });

  constructor() {
    super();
    this.placement = 'floating';
    this.opened = false;
    this.theme = 'auto';
    this.lang = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#looked);
    this.#sight.observe(this);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#looked);
    this.#sight.disconnect();
    // Not at once: an element that is only moved is soon connected again, by Turbo some microtasks later, and keeps its session.
    setTimeout(() => {
      if (this.isConnected) return;
      this.#chat.close();
      this.requestUpdate();
    });
  }

  /** Opens the floating panel and leaves the focus where it is; `focus()` takes it there. */
  get open(): () => void {
    return () => {
      this.opened = true;
    };
  }

  /** The attribute: React and Vue assign it to the property of its name, and the method would be gone. */
  set open(on: boolean | '' | null | undefined) {
    this.opened = on !== false && on != null;
  }

  /** Closes the floating panel. */
  close(): void {
    this.opened = false;
  }

  /**
   * Takes the focus to the composer, or to the launcher while the panel is closed. What is open over the conversation has it
   * instead, and where nobody may write, the messages.
   */
  override focus(): void {
    void this.updateComplete.then(() => this.#keyboard.enter());
  }

  /**
   * Sends a text to the meeting as the user, whatever conversation is on the screen; what they are writing stays.
   * @returns whether the chat took it: not while nobody knows yet who the user is, where they may not enter, when it is empty or
   * too long, or when a listener of `mc-before-send` held it back. Once taken it goes out, over any interruption.
   */
  send(text: string): boolean {
    return canSend(text) && this.#chat.home?.send({ text: text.trim() }) !== undefined;
  }

  /**
   * Shows the message of that seq, wherever in the conversation on the screen it is; opens the floating panel for it.
   * Resolves with whether it is there.
   */
  async jumpTo(seq: number): Promise<boolean> {
    if (!this.#isShown) this.opened = true;
    return this.#place.toMessage(seq);
  }

  /** Makes the client when this element is the first of the page to need one for its server and token. */
  protected makeClient(options: ClientOptions): Client {
    return new Client(options);
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    // The loader may have put a button there. Whoever pressed it goes on with the keyboard where it was.
    if (this.shadowRoot?.activeElement) this.focus();
    this.shadowRoot?.replaceChildren();
    return super.createRenderRoot();
  }

  /** To run the code, to draw, to connect: each is a task of its own, so that on a slow phone none of them holds up the page. */
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) {
      await new Promise((next) => setTimeout(next));
      const rem = new CSSStyleSheet();
      rem.replaceSync(`:host{--_rem:${getComputedStyle(this).fontSize}}`);
      this.shadowRoot?.adoptedStyleSheets.push(rem);
    }
    super.scheduleUpdate();
  }

  protected override firstUpdated(): void {
    setTimeout(() => this.requestUpdate());
    if (hasSettings()) void this.#lazy.settings.prepare();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#language.want(this.lang);
    if (this.isConnected && this.hasUpdated) this.#chat.open(targetOf(this));
    // Somebody may have signed in.
    if (changed.has('getToken') && this.#chat.connection.name === 'unauthorized') this.#chat.retry();
    const { session } = this.#chat;
    if (session) this.#scroller.show(session);
    session?.setFollowing(!this.#isShown || this.#scroller.atEnd);
    const { target, state } = this.#chat;
    if (target && state.me !== undefined) {
      this.#composition.belongTo(JSON.stringify([target.server, state.me, target.channel]));
    }
    for (const { session, unread } of this.#chat.all) unread.begin(session.state.value);
    if (changed.has('opened') && this.opened) this.#chat.unread.opened();
    if (this.#isCaughtUp) {
      this.#chat.unread.seen();
      this.#chat.session?.read();
    }
    const messages = this.#chat.state.log?.messages ?? [];
    this.#composition.follow(messages);
    this.#links.look(messages);
  }

  protected override render(): TemplateResult {
    const context = this.#context();
    return html`<div class="root" lang=${this.#language.code} dir=${this.#language.direction} @focusin=${this.#focused} @keydown=${this.#keyboard.keyed} @keyup=${keepInside} @keypress=${keepInside} @paste=${keepInside}>
      ${this.#isShown ? this.#panel(context) : nothing}
      ${this.placement === 'inline' ? nothing : launcher({ open: this.opened, waiting: this.#lazy.conversations.sheet?.waiting(), ...this.#chat.unreadInAll }, context, this.#requests.close)}
      <slot name="announcer"></slot>
    </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const context = this.#context();
    this.#narrator.banner(this.#banner(context), context);
    const { all, connection, home, session, unreadInAll } = this.#chat;
    const state = home?.state.value ?? initialChannelState;
    const outbox = all.flatMap(({ session: { state } }) => state.value.outbox);
    const channel = session?.channel;
    const failed = this.#events.update({ open: this.opened, ...unreadInAll, channel, connection, state, outbox });
    for (const { state } of failed) this.#narrator.say(failureText(state, context.strings));
    this.#narrator.closed(this.#closed(context));
    this.#keyboard.keep();
    // Now that the first chat is there: what is said beside it is to be counted too.
    if (state.phase.name === 'live') void this.#lazy.conversations.prepare();
    if (changed.has('opened') && this.opened) this.#scroller.toEnd();
    this.#place.toUnread();
  }

  #panel(context: ViewContext): TemplateResult {
    const { session, state, unread } = this.#chat;
    const face = this.#lazy.conversations.sheet?.face();
    const input = {
      state,
      channel: session?.channel ?? this.meeting,
      face,
      closed: this.#closed(context),
      title: face?.title ?? this.#title,
      closable: this.placement !== 'inline',
      banner: this.#banner(context),
      unseen: unread.count,
      mentions: unread.mentions,
      unreadAfter: this.#place.unreadAfter,
      settling: this.#place.isSettling,
      drawn: (rows: readonly Row[]) => this.#unrolling.of(session?.channel ?? this.meeting, rows),
      away: !this.#isCaughtUp,
      draft: this.#composition.text,
      purpose: this.#composition.purpose,
      notice: this.#notice.text,
      menu: this.#actions.menu.view(),
      sheet:
        this.#lazy.members.view() ??
        this.#lazy.search.view() ??
        this.#lazy.settings.view() ??
        this.#lazy.conversations.view(),
    };
    return panel(input, context, this.#requests);
  }

  get #isShown(): boolean {
    return this.opened || this.placement === 'inline';
  }

  /** The reader sees the end of the channel. */
  get #isCaughtUp(): boolean {
    const isLooking = this.#isShown && this.#isInSight && document.visibilityState === 'visible';
    return isLooking && !this.#chat.unread.toShow && this.#scroller.atEnd && !this.#chat.state.log?.hasAfter;
  }

  /** The meeting's. */
  get #title(): string {
    return this.heading || this.#chat.home?.state.value.channel?.title || this.#language.strings.chat;
  }

  #base(): ViewContext {
    const { strings, formats } = this.#language;
    return { strings, formats, linked: this.#links.linked };
  }

  /** With the words of a conversation: that on the screen, or another. */
  #context(session: ChannelSession | undefined = this.#chat.session): ViewContext {
    const base = this.#base();
    return { ...base, strings: (session && this.#lazy.conversations.sheet?.strings(session)) ?? base.strings };
  }

  #closed(context: ViewContext): string | undefined {
    return this.#lazy.conversations.sheet?.privately.closed() ?? closedFor(this.#chat.state, context);
  }

  #banner(context: ViewContext): Banner | undefined {
    return bannerOf(this.#chat.connection, this.#chat.state.phase, Date.now(), context);
  }

  /** Brings another conversation to the screen. */
  #go(channel: string): void {
    if (channel === this.#chat.session?.channel) return;
    this.#chat.show(channel);
  }

  #submit(): void {
    const { session } = this.#chat;
    const submitted = session && this.#composition.submit(session);
    if (submitted?.name === 'edited') {
      void this.#actions.settle(submitted.outcome).then((code) => code && submitted.again(code));
    }
    if (submitted?.name === 'sent') {
      this.#chat.unread.answered();
      this.#scroller.toEnd();
    }
    // Without a text the button that may have been pressed is disabled, and the focus would be lost with it.
    if (!this.#composition.text) this.focus();
  }

  /** The reader has chosen what to write: the focus goes where they write it, behind what stands there. */
  #compose(choose: () => void): void {
    choose();
    void this.updateComplete.then(() => this.#keyboard.write());
  }

  #editLast(): void {
    const { log, me } = this.#chat.state;
    const last = log?.messages.findLast(({ sender, deletedAt }) => sender.id === me && deletedAt === undefined);
    if (last) this.#compose(() => this.#composition.edit(last));
  }

  #note(text: string): void {
    this.#notice.show(text);
    this.#narrator.say(text);
  }

  #toEnd(): void {
    void this.#chat.session?.page({ name: 'latest' });
    this.#scroller.toEnd();
    this.requestUpdate();
  }

  #page(name: 'older' | 'newer', byReader: boolean): void {
    // Those that are there come first.
    if (!this.#unrolling.isComplete) return;
    // A page that failed is asked for again when the reader asks, and not by the update that says so.
    if (byReader || this.#chat.state.paging !== 'failed') void this.#chat.session?.page({ name });
  }

  /** By the user's own hand, so the focus goes along. */
  #toggle(): void {
    this.opened = !this.opened;
    // With the frame, which lays the panel out anyway: the focus needs that, too.
    requestAnimationFrame(() => this.#keyboard.enter());
  }

  #news(messages: readonly MessageEntry[], { session, unread }: Conversation): void {
    const { me } = session.state.value;
    const others = messages.filter(({ sender }) => sender.id !== me);
    if (session !== this.#chat.session || !this.#isCaughtUp) unread.missed(others, me);
    this.#narrator.news(others, me, this.#context(session));
    this.#events.news(messages, me, session.channel);
  }

  readonly #looked = (): void => this.requestUpdate();

  /** Where there is a touch screen, writing brings a keyboard onto it. */
  readonly #focused = (): void => {
    if (navigator.maxTouchPoints) void this.#lazy.keyboardRoom.fetch();
  };
}
