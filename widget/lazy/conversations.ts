import type { LitElement, TemplateResult } from 'lit';
import type { Member } from '../../protocol/entities.ts';
import type { ChatController } from '../chat-controller.ts';
import type { ChannelSession } from '../client/channel-session.ts';
import type { KnownStrings } from '../i18n/texts.ts';
import { LazySheet, type SheetHost } from '../lazy-sheet.ts';
import type { ViewContext } from '../views/context.ts';
import type { Face } from '../views/face.ts';
import { Cover } from './cover.ts';
import { KnownChannels } from './known-channels.ts';
import { PrivateMessages } from './private-messages.ts';
import { headingView, type Item, itemOf, presenceView, recipientView, switcher } from './switcher.ts';
import { type Place, Words, worded } from './words.ts';

export { translations } from '../i18n/conversations/translations.ts';
export { conversations as styles } from '../styles/conversations.ts';

export interface ConversationsHost extends SheetHost {
  /** `title` is the meeting's. */
  look(): { chat: ChatController; title: string; context: ViewContext };
  /** Tells a screen reader. */
  say(text: string): void;
  /** Brings a channel to the screen, and the focus to its input when the reader has asked for it. */
  show(channel: string, byReader: boolean): void;
}

/** The conversations beside the meeting: those of two, inside of it or not, and the groups that the user is in. */
export class Sheet extends Cover<ConversationsHost> {
  protected readonly focusOf = {
    first: '.conversations [aria-checked="true"]',
    opener: '[part="open-conversations"]',
  };
  readonly privately: PrivateMessages;
  readonly #chat: ChatController;
  readonly #known: KnownChannels;
  readonly #words = new Words();
  /** What waits for an organizer, in whatever conversation. */
  readonly #held;
  #hadFocus = false;

  constructor(element: LitElement, host: ConversationsHost) {
    super(element, host);
    this.#chat = host.look().chat;
    this.#known = new KnownChannels(this.#chat, {
      begun: () => this.close(),
      changed: () => element.requestUpdate(),
    });
    this.#held = new LazySheet(element, () => import('./held-sheet.ts'), {
      look: () => ({ chat: this.#chat, context: host.look().context }),
      note: (text) => host.note(text),
      say: (text) => host.say(text),
    });
    this.privately = new PrivateMessages(this.#known, {
      look: () => ({ chat: this.#chat, context: this.#context }),
      note: (text) => host.note(text),
      show: (channel) => host.show(channel, true),
    });
  }

  protected content(): TemplateResult {
    return switcher(this.#items(), this.#context, {
      choose: (channel) => {
        this.close();
        this.host.show(channel, true);
      },
      close: () => this.dismiss(),
    });
  }

  override view(): TemplateResult | undefined {
    return this.#held.view() ?? super.view();
  }

  /** How the conversation on the screen looks; undefined where there is none but the meeting, in which nothing waits. */
  face(): Face | undefined {
    const { session, all } = this.#chat;
    const hasOthers = this.#known.size > 0;
    const held = this.#held.sheet?.sign();
    const place = session && (hasOthers || held) ? this.#placeOf(session.channel) : undefined;
    if (!session || !place) return undefined;
    const context = this.#context;
    const { kind, title } = place;
    const others = all.filter((other) => other.session !== session);
    const unread = others.reduce((sum, other) => sum + other.unread.count, 0);
    const isDirect = kind === 'direct';
    return {
      kind,
      title,
      held,
      heading: hasOthers
        ? headingView({ kind, title, unread, open: this.isOpen }, context, () => this.open())
        : undefined,
      subtitle: isDirect ? presenceView(otherOf(session, place), context) : undefined,
      recipient: isDirect ? recipientView(title, context) : undefined,
    };
  }

  /** What waits for the reader to decide on it, in words; undefined where nothing does. */
  waiting(): string | undefined {
    return this.#held.sheet?.waiting();
  }

  /** The words of a conversation where they are others than the meeting's. */
  strings(session: ChannelSession): KnownStrings | undefined {
    const place = this.#known.size > 0 ? this.#placeOf(session.channel) : undefined;
    const shown = session === this.#chat.session;
    return place && this.#words.of(session, { ...place, shown }, this.host.look().context);
  }

  hostConnected(): void {
    this.#follow();
  }

  hostUpdate(): void {
    // Before what had it is taken from the screen.
    this.#hadFocus = this.element.shadowRoot?.activeElement instanceof HTMLElement;
  }

  override hostUpdated(): void {
    this.#follow();
    if (this.#chat.state.held.count > 0) void this.#held.prepare();
    super.hostUpdated();
  }

  hostDisconnected(): void {
    this.close();
  }

  #follow(): void {
    this.#known.follow();
    for (const { session } of this.#chat.all) {
      const { name } = session.state.value.phase;
      if (session !== this.#known.home && (name === 'left' || name === 'refused')) this.#gone(session.channel);
    }
  }

  /** The user was taken out of it. What they were writing must not go to everyone: the focus goes to what is read. */
  #gone(channel: string): void {
    const title = this.#placeOf(channel)?.title ?? channel;
    const { home } = this.#known;
    const wasShown = this.#chat.session?.channel === channel;
    if (wasShown && home) this.host.show(home.channel, false);
    this.#chat.leave(channel);
    this.#known.forget(channel);
    if (!wasShown) return;
    this.host.note(this.#context.strings.conversationOver(title));
    if (this.#hadFocus) void this.afterUpdate(() => this.focus('.list'));
  }

  /** The meeting first, then the latest. */
  #items(): readonly Item[] {
    const context = this.#context;
    const home = this.#known.home?.channel ?? '';
    const items = [home, ...this.#known.all.map(({ id }) => id)].flatMap((channel) => {
      const place = this.#placeOf(channel);
      const isShown = channel === this.#chat.session?.channel;
      return place ? [itemOf(place, this.#known.get(channel), this.#chat.get(channel), isShown, context)] : [];
    });
    const [meeting, ...others] = items;
    return meeting ? [meeting, ...others.sort((a, b) => b.at - a.at)] : [];
  }

  #placeOf(channel: string): Omit<Place, 'shown'> | undefined {
    if (channel === this.#known.home?.channel) return { channel, kind: 'meeting', title: this.host.look().title };
    const known = this.#known.get(channel);
    if (!known) return undefined;
    const { channel: joined, members, me } = this.#chat.get(channel)?.session.state.value ?? {};
    if (known.kind !== 'direct') return { channel, kind: known.kind, title: joined?.title ?? known.title };
    const person = known.settings.between?.find((user) => user !== me) ?? '';
    return { channel, kind: 'direct', person, title: members?.[person]?.name ?? known.with?.name ?? person };
  }

  get #context() {
    return worded(this.host.look().context);
  }
}

/** The other one of two; undefined while nobody knows whether they are there. */
function otherOf(session: ChannelSession, { person = '' }: Pick<Place, 'person'>): Member | undefined {
  const { phase, members } = session.state.value;
  return phase.name === 'live' ? members[person] : undefined;
}
