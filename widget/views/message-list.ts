import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { dayNumber } from '../i18n/formats.ts';
import type { ViewContext } from './context.ts';
import { chatIcon, downIcon } from './icons.ts';
import { type MessageRequests, messageView, slowedFor } from './message-view.ts';
import type { Row } from './rows.ts';

export type MessageListInput = {
  readonly rows: readonly Row[];
  /** There are more rows, which are not drawn yet. */
  readonly busy: boolean;
  /** Until they are, nothing is to be seen: the reader's place is among them. */
  readonly settling: boolean;
  /** The channel was joined, and nobody has written in it. */
  readonly isEmpty: boolean;
  readonly loadingOlder: boolean;
  /** Messages below what the reader sees that they have not seen. */
  readonly unseen: number;
  /** Those of them that mention the reader. */
  readonly mentions: number;
  /** The end of the channel is out of sight. */
  readonly away: boolean;
  /** The menu of a message, while it is open. */
  readonly menu: TemplateResult | undefined;
};

export interface MessageListRequests extends MessageRequests {
  scrolled(): void;
  toEnd(): void;
  /** A key was pressed in the list. */
  keyedList(event: KeyboardEvent): void;
  /** Something in the list got the focus. */
  focusedList(event: FocusEvent): void;
}

export function messageList(
  { rows, busy, settling, isEmpty, loadingOlder, unseen, mentions, away, menu }: MessageListInput,
  context: ViewContext,
  requests: MessageListRequests,
): TemplateResult {
  const { strings } = context;
  // The live region is off: one announcer speaks for the whole element, and it knows what is news.
  return html`<div class="stage">
    <div class="list" part="list" role="log" aria-live="off" aria-busy=${busy || nothing} aria-label=${strings.messages} tabindex="0" @scroll=${requests.scrolled} @keydown=${requests.keyedList} @focusin=${requests.focusedList}>
      <div class="rows" ?data-settling=${busy && settling}>
        ${loadingOlder ? html`<div class="older" part="older">${strings.loadingOlder}</div>` : nothing}
        ${isEmpty ? empty(context) : nothing}
        ${repeat(
          rows,
          ({ key }) => key,
          (row) => rowView(row, context, requests),
        )}
      </div>
    </div>
    ${menu ?? nothing}
    ${away ? newMessages(unseen, mentions, context, requests) : nothing}
  </div>`;
}

function rowView(row: Row, context: ViewContext, requests: MessageRequests) {
  const { strings, formats, linked } = context;
  switch (row.kind) {
    case 'day': {
      const now = Date.now();
      // With today's number: what is "today" tonight is "yesterday" tomorrow.
      return guard([row.at, formats, dayNumber(now)], () => daySeparator(formats.day(row.at, now)));
    }
    case 'unread':
      return html`<div class="unread" part="unread" role="separator" data-key="unread" aria-label=${strings.unreadBelow}><span>${strings.unreadBelow}</span></div>`;
    case 'message':
      // All that a message shows: every row is looked at in each update, and drawn only where one of these differs.
      return guard(
        [
          row.source,
          row.first,
          row.own,
          row.name,
          row.role,
          row.quote?.message,
          row.called?.flatMap(({ names }) => names).join(),
          slowedFor(row.source),
          row.reach?.delivered,
          row.reach?.read,
          strings,
          formats,
          linked,
        ],
        () => messageView(row, context, requests),
      );
  }
}

function daySeparator(day: string): TemplateResult {
  return html`<div class="day" part="day" role="separator" aria-label=${day}><span>${day}</span></div>`;
}

function empty({ strings }: ViewContext): TemplateResult {
  return html`<slot name="empty"><div class="empty" part="empty">${chatIcon}<strong>${strings.empty}</strong><span>${strings.emptyHint}</span></div></slot>`;
}

function newMessages(
  unseen: number,
  mentions: number,
  { strings, formats }: ViewContext,
  { toEnd }: MessageListRequests,
) {
  const fresh = strings.newMessages(unseen, formats.number(unseen));
  const label = mentions > 0 ? `${fresh}, ${strings.mentions(mentions, formats.number(mentions))}` : fresh;
  return html`<button type="button" class="new" ?data-mentions=${mentions > 0} part=${unseen > 0 ? 'new-messages' : 'to-end'} aria-label=${unseen > 0 ? label : strings.toEnd} @click=${toEnd}>
    ${downIcon}${unseen > 0 ? label : nothing}
  </button>`;
}
