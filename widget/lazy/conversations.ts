import type { LitElement, ReactiveController, TemplateResult } from 'lit';
import type { Channel } from '../../protocol/entities.ts';
import type { ChatController } from '../chat-controller.ts';
import type { ChannelSession } from '../client/channel-session.ts';
import { conversations as english } from '../i18n/conversations/en.ts';
import type { KnownStrings } from '../i18n/texts.ts';
import type { Sheet as LazySheet, SheetHost } from '../lazy-sheet.ts';
import type { ViewContext } from '../views/context.ts';
import type { Face, PrivateOffer } from '../views/face.ts';
import { directWith, type Known, listChannels } from './channel-list.ts';
import { headingView, type Item, itemOf, recipientView, switcher } from './switcher.ts';
import { type Place, wordsFor } from './words.ts';

export { translations } from '../i18n/conversations/translations.ts';
export { conversations as styles } from '../styles/conversations.ts';

export interface ConversationsHost extends SheetHost {
  /** `title` is the meeting's. */
  look(): { chat: ChatController; title: string; context: ViewContext };
  /** Brings a channel to the screen, and the focus to its input when the reader has asked for it. */
  show(channel: string, byReader: boolean): void;
}

/** So many of them are kept up from the beginning; of the others the list says what there was. */
const followed = 20;
/** After an outage everybody asks anew: not all of them in the same moment. */
const askAgainMs = 3_000;

/** The conversations beside the meeting: those of two, inside of it or not, and the groups that the user is in. */
export class Sheet implements LazySheet, ReactiveController {
  readonly #element: LitElement;
  readonly #host: ConversationsHost;
  readonly #words = new WeakMap<ChannelSession, { place: Place; base: KnownStrings; strings: KnownStrings }>();
  #known = new Map<string, Known>();
  #state: 'closed' | 'opening' | 'open' = 'closed';
  #home: ChannelSession | undefined;
  #me: string | undefined;
  #live = false;
  #asked = false;
  #hadFocus = false;
  /** Grows with each list that is asked for, and with each other user. */
  #round = 0;
  #end: (() => void) | undefined;

  constructor(element: LitElement, host: ConversationsHost) {
    this.#element = element;
    this.#host = host;
    element.addController(this);
    this.hostUpdated();
  }

  open(): void {
    this.#state = 'opening';
    this.#element.requestUpdate();
  }

  view(): TemplateResult | undefined {
    if (this.#state === 'closed') return undefined;
    const { context } = this.#host.look();
    return switcher(this.#items(), this.#worded(context), {
      choose: (channel) => {
        this.#state = 'closed';
        this.#host.show(channel, true);
      },
      close: () => {
        this.#close();
        void this.#element.updateComplete.then(() => this.#find('[part="open-conversations"]')?.focus());
      },
    });
  }

  /** How the conversation on the screen looks; undefined where there is none but the meeting. */
  face(): Face | undefined {
    const { chat, context } = this.#host.look();
    const { session } = chat;
    const place = session && this.#known.size > 0 ? this.#placeOf(session.channel) : undefined;
    if (!place) return undefined;
    const { kind, title } = place;
    const others = chat.all.filter((other) => other.session !== session);
    const unread = others.reduce((sum, other) => sum + other.unread.count, 0);
    const worded = this.#worded(context);
    return {
      kind,
      title,
      heading: headingView({ kind, title, unread, open: this.#state !== 'closed' }, worded, () => this.open()),
      recipient: kind === 'direct' ? recipientView(title, worded) : undefined,
    };
  }

  /** The words of a conversation where they are others than the meeting's. */
  strings(session: ChannelSession): KnownStrings | undefined {
    const { chat, context } = this.#host.look();
    const found = this.#known.size > 0 ? this.#placeOf(session.channel) : undefined;
    if (!found) return undefined;
    const place = { ...found, shown: session === chat.session };
    const before = this.#words.get(session);
    const same = before?.place.title === place.title && before.place.shown === place.shown;
    // The same as long as nothing is different: rows are drawn anew when their words are others.
    if (before && same && before.base === context.strings) return before.strings;
    const strings = wordsFor(place, this.#worded(context).strings);
    this.#words.set(session, { place, base: context.strings, strings });
    return strings;
  }

  /** Why the reader cannot write in the conversation on the screen, where its meeting says so. */
  closed(): string | undefined {
    const { chat, context } = this.#host.look();
    const meeting = this.#known.get(chat.session?.channel ?? '')?.settings.meeting;
    return meeting !== undefined && !this.#mayWritePrivately ? this.#worded(context).strings.privateOff : undefined;
  }

  /** Undefined where private messages are not wanted, or there is nobody else. */
  offer(): PrivateOffer | undefined {
    const { chat, context } = this.#host.look();
    const { session } = chat;
    const isHome = session === chat.home;
    const kind = session && this.#placeOf(session.channel)?.kind;
    if (kind === undefined || kind === 'direct' || (isHome && !this.#mayWritePrivately)) return undefined;
    return {
      label: this.#worded(context).strings.writePrivately,
      find: (user, name) => this.#findDirect(user, name, isHome ? session?.channel : undefined),
    };
  }

  hostUpdate(): void {
    // Before what had it is taken from the screen.
    this.#hadFocus = this.#element.shadowRoot?.activeElement instanceof HTMLElement;
  }

  hostUpdated(): void {
    this.#follow();
    if (this.#state !== 'opening') return;
    this.#state = 'open';
    this.#find('.conversations [aria-checked="true"]')?.focus();
  }

  hostDisconnected(): void {
    this.#close();
  }

  #follow(): void {
    const { chat } = this.#host.look();
    const { home } = chat;
    const me = home?.state.value.me;
    if (home !== this.#home || me !== this.#me) this.#begin(home, me);
    const live = home?.state.value.phase.name === 'live';
    if (live && !this.#live) void this.#list();
    this.#live = live;
    for (const { session } of chat.all) {
      const { name } = session.state.value.phase;
      if (session !== home && (name === 'left' || name === 'refused')) this.#gone(session.channel);
    }
  }

  /** Another meeting, or another user: nothing of what was known is theirs. */
  #begin(home: ChannelSession | undefined, me: string | undefined): void {
    const { chat } = this.#host.look();
    if (this.#home === home) for (const { session } of chat.all.slice(1)) chat.leave(session.channel);
    this.#end?.();
    this.#end = chat.client?.onChannel((channel) => this.#told(channel));
    this.#round += 1;
    this.#known = new Map();
    this.#home = home;
    this.#me = me;
    this.#live = false;
    this.#asked = false;
    this.#close();
  }

  async #list(): Promise<void> {
    this.#round += 1;
    const round = this.#round;
    const isFirst = !this.#asked;
    this.#asked = true;
    if (!isFirst) await new Promise((resolve) => setTimeout(resolve, Math.random() * askAgainMs));
    const { chat } = this.#host.look();
    const listed = round === this.#round && chat.target ? await listChannels(chat.target) : undefined;
    if (round !== this.#round || !listed) return;
    const found = listed.filter((channel) => this.#belongs(channel) && (channel.kind === 'group' || channel.last));
    for (const channel of found) this.#known.set(channel.id, channel);
    const latest = found.sort((a, b) => (b.last?.sentAt ?? 0) - (a.last?.sentAt ?? 0)).slice(0, followed);
    for (const { id, unread = 0 } of latest) chat.enter(id, { unread });
    this.#element.requestUpdate();
  }

  /** The server tells of a channel: something in it is other than before, or somebody wrote there to the user. */
  #told(channel: Channel): void {
    const { chat } = this.#host.look();
    const before = this.#known.get(channel.id);
    if (!this.#belongs(channel)) return;
    this.#known.set(channel.id, { ...before, ...channel });
    chat.enter(channel.id, { invited: true });
    this.#element.requestUpdate();
  }

  #belongs({ kind, settings: { meeting } }: Known): boolean {
    return kind === 'group' || (kind === 'direct' && (meeting === undefined || meeting === this.#home?.channel));
  }

  async #findDirect(user: string, name: string, meeting: string | undefined): Promise<(() => void) | undefined> {
    const { chat, context } = this.#host.look();
    const isTheirs = ({ settings }: Known) => settings.meeting === meeting && settings.between?.includes(user);
    const known = [...this.#known.values()].find(isTheirs);
    const [home, me] = [this.#home, this.#me];
    const found = known ?? (chat.target && (await directWith(chat.target, user, meeting)));
    if (typeof found === 'object' && home === this.#home && me === this.#me) {
      return () => {
        this.#known.set(found.id, found);
        this.#host.show(found.id, true);
      };
    }
    const { strings } = this.#worded(context);
    if (typeof found !== 'string') return undefined;
    if (found === 'forbidden') this.#host.note(this.#mayWritePrivately ? strings.notTaken(name) : strings.privateOff);
    else this.#host.note(found === 'no_answer' ? strings.unreachable : strings.failure(found));
    return undefined;
  }

  /** The user was taken out of it. What they were writing must not go to everyone: the focus goes to what is read. */
  #gone(channel: string): void {
    const { chat, context } = this.#host.look();
    const title = this.#placeOf(channel)?.title ?? channel;
    const wasShown = chat.session?.channel === channel;
    if (wasShown && this.#home) this.#host.show(this.#home.channel, false);
    chat.leave(channel);
    this.#known.delete(channel);
    if (!wasShown) return;
    this.#host.note(this.#worded(context).strings.conversationOver(title));
    if (this.#hadFocus) void this.#element.updateComplete.then(() => this.#find('.list')?.focus());
  }

  get #mayWritePrivately(): boolean {
    const { role, channel } = this.#home?.state.value ?? {};
    return role === 'organizer' || channel?.settings.directMessages !== false;
  }

  #items(): readonly Item[] {
    const { chat, context } = this.#host.look();
    const worded = this.#worded(context);
    const items = [this.#home?.channel ?? '', ...this.#known.keys()].flatMap((channel) => {
      const place = this.#placeOf(channel);
      const known = this.#known.get(channel);
      return place ? [itemOf(place, known, chat.get(channel), channel === chat.session?.channel, worded)] : [];
    });
    const [meeting, ...others] = items;
    return meeting ? [meeting, ...others.sort((a, b) => b.at - a.at)] : [];
  }

  #placeOf(channel: string): Omit<Place, 'shown'> | undefined {
    const { chat, title } = this.#host.look();
    const { channel: joined, members, me } = chat.get(channel)?.session.state.value ?? {};
    if (channel === this.#home?.channel) return { channel, kind: 'meeting', title };
    const known = this.#known.get(channel);
    if (!known) return undefined;
    if (known.kind !== 'direct') return { channel, kind: known.kind, title: joined?.title ?? known.title };
    const other = known.settings.between?.find((user) => user !== me) ?? '';
    return { channel, kind: 'direct', person: other, title: members?.[other]?.name ?? known.with?.name ?? other };
  }

  #worded(context: ViewContext) {
    return { ...context, strings: { ...english, ...context.strings } };
  }

  #close(): void {
    this.#state = 'closed';
    this.#element.requestUpdate();
  }

  #find(selector: string): HTMLElement | undefined {
    return this.#element.renderRoot.querySelector<HTMLElement>(selector) ?? undefined;
  }
}
