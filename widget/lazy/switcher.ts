import { html, nothing, type TemplateResult } from 'lit';
import type { ChannelKind, Member, MessageEntry } from '../../protocol/entities.ts';
import type { Conversation } from '../chat-controller.ts';
import type { KnownStrings } from '../i18n/texts.ts';
import { avatar } from '../views/avatar.ts';
import { chatIcon, peopleIcon } from '../views/icons.ts';
import { wordsOf } from '../views/quote.ts';
import type { Known } from './channel-list.ts';
import { menuKeyed } from './menu-keys.ts';
import { presenceOf } from './presence.ts';
import { downwardsIcon, lockIcon } from './small-icons.ts';
import type { Place, Worded } from './words.ts';

/** A conversation in the list. */
export type Item = Omit<Place, 'shown'> & {
  readonly unread: number;
  readonly last: string;
  /** When that was written. */
  readonly at: number;
  readonly current: boolean;
};

export interface SwitcherRequests {
  choose(channel: string): void;
  /** Closes it; the focus goes back to what opened it. */
  close(): void;
}

/** What there is to say of a conversation: as it is on this page, else as the server's list had it. */
export function itemOf(
  place: Omit<Place, 'shown'>,
  known: Known | undefined,
  open: Conversation | undefined,
  current: boolean,
  { strings }: Worded,
): Item {
  const state = open?.session.state.value;
  const last = state?.log && !state.log.hasAfter ? state.log.messages.at(-1) : known?.last;
  const unread = state?.log ? (open?.unread.count ?? 0) : (known?.unread ?? 0);
  return {
    ...place,
    unread,
    current,
    at: last?.sentAt ?? 0,
    last: last ? inShort(last, state?.me, strings) : strings.empty,
  };
}

function inShort(message: MessageEntry, me: string | undefined, strings: KnownStrings): string {
  const { id, name } = message.sender;
  return `${id === me ? strings.you : name}: ${wordsOf(message, strings)}`;
}

/** The heading of the conversation on the screen, which opens the list. */
export function headingView(
  { kind, title, unread, open }: { kind: ChannelKind; title: string; unread: number; open: boolean },
  context: Worded,
  act: () => void,
): TemplateResult {
  const { strings, formats } = context;
  const others = unread > 0 ? `, ${strings.conversations}: ${strings.unread(unread, formats.number(unread))}` : '';
  return html`<h2>
    <button type="button" class="heading" part="open-conversations" aria-haspopup="menu" aria-expanded=${open}
      aria-label=${`${title}${kind === 'direct' ? `, ${strings.isPrivate}` : ''}${others}`} title=${title} @click=${act}>
      ${kind === 'direct' ? lockIcon : nothing}<bdi part="title">${title}</bdi>${downwardsIcon}${countView(unread, context)}
    </button>
  </h2>`;
}

/** Whether the other one of two is there; nothing while nobody knows. */
export function presenceView(other: Member | undefined, context: Worded): TemplateResult | typeof nothing {
  if (!other) return nothing;
  return html`<p class="subtitle" part="subtitle" data-state=${other.state}>${presenceOf(other, context)}</p>`;
}

/** Above the input of a private conversation. */
export function recipientView(name: string, { strings }: Worded): TemplateResult {
  return html`<div class="recipient" part="recipient">${lockIcon}<span>${strings.privatelyTo(name)}</span></div>`;
}

/** The conversations, as a menu over the one on the screen. */
export function switcher(items: readonly Item[], context: Worded, requests: SwitcherRequests): TemplateResult {
  const { strings } = context;
  return html`<div class="switcher">
    <div class="switcher-back" @click=${() => requests.close()}></div>
    <div class="conversations" part="conversations" role="menu" aria-label=${strings.conversations}
      @keydown=${(event: KeyboardEvent) => menuKeyed(event, requests.close)}>
      ${items.map((item) => itemView(item, context, requests))}
    </div>
  </div>`;
}

function itemView(item: Item, context: Worded, { choose }: SwitcherRequests): TemplateResult {
  const { strings, formats } = context;
  const { channel, kind, title, unread, last, current } = item;
  const kindText = { meeting: strings.everyone, group: strings.group, direct: strings.isPrivate }[kind];
  return html`<button type="button" class="conversation" part="conversation" role="menuitemradio" tabindex="-1"
    aria-checked=${current} data-channel=${channel} data-kind=${kind} @click=${() => choose(channel)}>
    ${kind === 'direct' ? avatar(item.person ?? '', title) : html`<span class="conversation-icon" aria-hidden="true">${kind === 'group' ? peopleIcon : chatIcon}</span>`}
    <span class="conversation-text">
      <span class="conversation-name"><bdi>${title}</bdi> <small>${kindText}</small></span>
      <span class="conversation-last" dir="auto">${last}</span>
    </span>
    ${countView(unread, context)}${unread > 0 ? html`<span class="hidden">${strings.unread(unread, formats.number(unread))}</span>` : nothing}
  </button>`;
}

function countView(unread: number, { formats }: Worded): TemplateResult | typeof nothing {
  if (unread === 0) return nothing;
  return html`<span class="count" part="conversation-unread" aria-hidden="true">${formats.number(unread)}</span>`;
}
