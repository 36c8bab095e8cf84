import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Member } from '../../protocol/entities.ts';
import type { ChannelState } from '../client/channel-state.ts';
import type { Purpose } from '../composition.ts';
import { type Banner, bannerView } from './banner.ts';
import { type ComposerRequests, composer } from './composer.ts';
import type { ViewContext } from './context.ts';
import type { Face } from './face.ts';
import { type HeaderRequests, header } from './header.ts';
import { marksOf } from './marks.ts';
import { type MessageListRequests, messageList } from './message-list.ts';
import { type Row, rowsOf } from './rows.ts';

export type PanelInput = {
  readonly state: ChannelState;
  /** Which conversation it is. */
  readonly channel: string | undefined;
  readonly title: string;
  readonly face: Face | undefined;
  /** Why the reader cannot write here; undefined when they can. */
  readonly closed: string | undefined;
  readonly closable: boolean;
  readonly banner: Banner | undefined;
  /** Others' messages that the reader has not seen. */
  readonly unseen: number;
  readonly mentions: number;
  /** The end of the channel is out of sight. */
  readonly away: boolean;
  readonly draft: string;
  readonly purpose: Purpose;
  /** What the reader is told in passing. */
  readonly notice: string | undefined;
  readonly menu: TemplateResult | undefined;
  /** What lies over the conversation. */
  readonly sheet: TemplateResult | undefined;
  /** The seq behind which what others wrote is unread. */
  readonly unreadAfter: number | undefined;
  /** The reader's place is none of those that can be drawn by now. */
  readonly settling: boolean;
  /** Those of all rows that are drawn now. */
  drawn(rows: readonly Row[]): readonly Row[];
};

export interface PanelRequests extends MessageListRequests, ComposerRequests, HeaderRequests {
  /** Try now, whatever it is that waits. */
  reconnect(): void;
}

/** All of the element but its launcher. */
export function panel(input: PanelInput, context: ViewContext, requests: PanelRequests): TemplateResult {
  const { state, title, face, closable, banner, unseen, mentions, away } = input;
  const { log, outbox, members, me, role, paging, phase } = state;
  const all = rowsOf({
    messages: log?.messages ?? [],
    outbox,
    members,
    me,
    role,
    reach: marksOf(state.receipts, state.counts, me),
    unreadAfter: input.unreadAfter,
  });
  const rows = input.drawn(all);
  const list = {
    rows,
    busy: rows.length < all.length,
    settling: input.settling,
    isEmpty: log !== undefined && all.length === 0,
    loadingOlder: paging === 'older',
    unseen,
    mentions,
    away: log !== undefined && away,
    menu: input.menu,
  };
  // Without a connection nobody knows who is there.
  const online = phase.name === 'live' ? Object.values(members).filter(isOnline).length : 0;
  const isOut = phase.name === 'refused' || phase.name === 'left';
  // Another conversation is drawn anew: of a place, a focus or an input's history nothing may pass from one to the other.
  return html`<section class="panel" part="panel" data-kind=${face?.kind ?? 'meeting'} aria-label=${title}>
    <div class="main" ?inert=${input.sheet !== undefined}>
    ${keyed(
      input.channel,
      html`${header({ title, face, online, closable }, context, requests)}
    ${bannerView(banner, requests.reconnect)}
    ${face?.held}
    <slot name="top"></slot>
    ${messageList(list, context, requests)}
    <slot name="bottom"></slot>
    <div class="typing" part="typing">${typingText(state, context)}</div>
    ${isOut ? nothing : [face?.recipient, composer({ text: input.draft, purpose: input.purpose, closed: input.closed }, context, requests)]}`,
    )}
    </div>
    ${input.sheet ?? nothing}
    ${input.notice === undefined ? nothing : html`<div class="notice" part="notice">${input.notice}</div>`}
  </section>`;
}

function isOnline({ state }: Member): boolean {
  return state === 'online';
}

/** More than this many are not named. */
const typistsNamed = 3;

function typingText({ typing, members }: ChannelState, { strings, formats }: ViewContext): string {
  if (typing.length === 0) return '';
  const names = typing.length > typistsNamed ? [] : typing.map((user) => members[user]?.name ?? user);
  return strings.typing(typing.length, formats.list(names));
}

/** Why the reader cannot write here; undefined when they can. */
export function closedFor(
  { channel, role, members, me }: ChannelState,
  { strings }: Pick<ViewContext, 'strings'>,
): string | undefined {
  switch (channel?.settings.state) {
    case undefined:
    case 'open':
      return me !== undefined && members[me]?.muted ? strings.muted : undefined;
    case 'closed':
      return role === 'organizer' ? undefined : strings.closed;
    case 'ended':
      return strings.ended;
  }
}
