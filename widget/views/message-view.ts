import { html, nothing, type TemplateResult } from 'lit';
import { type Failure, isHeld, type OutboxItem } from '../client/outbox-item.ts';
import type { FailureCode } from '../client/wire.ts';
import type { KnownStrings } from '../i18n/texts.ts';
import { avatar } from './avatar.ts';
import { markedText } from './called.ts';
import type { ViewContext } from './context.ts';
import { alertIcon, moreIcon, reachedIcon, sendingIcon, sentIcon } from './icons.ts';
import type { Reach } from './marks.ts';
import { quoteView } from './quote.ts';
import { type ReactionRequests, reactions } from './reactions.ts';
import { isStored, type MessageRow } from './rows.ts';

/** What the reader can ask for at a message. */
export interface MessageRequests extends ReactionRequests {
  retry(key: string): void;
  discard(key: string): void;
  /** Opens the message's menu. */
  menu(seq: number): void;
  /** Shows the message of that seq. */
  jump(seq: number): void;
}

type MessageState = OutboxItem['state']['name'] | 'held' | 'received';

export function messageView(row: MessageRow, context: ViewContext, requests: MessageRequests): TemplateResult {
  const { source, own, first, at } = row;
  const { formats } = context;
  const state: MessageState = !isStored(source)
    ? isHeld(source.state)
      ? 'held'
      : source.state.name
    : own
      ? 'sent'
      : 'received';
  // By label and description, since where one goes from message to message by the arrow keys no more is read of each.
  return html`<article
    class="message"
    part=${own ? 'message message-own' : 'message'}
    tabindex="-1"
    aria-labelledby=${`who-${row.key} what-${row.key}`}
    aria-describedby=${`quote-${row.key} edited-${row.key} reactions-${row.key} failure-${row.key}`}
    data-key=${row.key}
    data-seq=${seqOf(source) ?? nothing}
    data-state=${state}
    ?data-own=${own}
    ?data-first=${first}
    ?data-mentions-me=${row.called?.some(({ me }) => me)}
    ?data-organizer=${row.role === 'organizer'}
  >
    ${own ? nothing : html`<span class="gutter">${first ? avatar(row.sender, row.name) : nothing}</span>`}
    <div class="body">
      ${heading(row, context)}
      <div class="line">
        ${own ? [actions(source, context, requests), stateMark(state, row.reach, context)] : nothing}
        <div class="bubble" part="bubble" title=${formats.moment(at)}>
          ${row.quote && !isDeleted(source) ? quoteView(row.key, row.quote, context, requests) : nothing}${text(row, context)}
        </div>
        ${own ? nothing : actions(source, context, requests)}
      </div>
      ${reactions(row, context, requests)}
      ${isStored(source) ? nothing : trouble(source, context, requests)}
    </div>
  </article>`;
}

/** Who and when. Below the first of a group it is there for a screen reader only. */
function heading({ key, own, first, name, role, at }: MessageRow, { strings, formats }: ViewContext): TemplateResult {
  return html`<header class=${first ? 'meta' : 'hidden'} part="meta" id=${`who-${key}`}>
    <bdi class=${own ? 'hidden' : 'name'} part="name">${own ? strings.you : name}</bdi>
    ${role === 'organizer' ? html`<span class="role" part="role">${strings.organizer}</span>` : nothing}
    <time part="time" datetime=${new Date(at).toISOString()}>${formats.time(at)}</time>
  </header>`;
}

function text({ key, source, called }: MessageRow, { strings, linked }: ViewContext): TemplateResult {
  if (isDeleted(source)) {
    return html`<div class="text gone" part="text" id=${`what-${key}`}>${strings.deleted}</div>`;
  }
  const edited =
    isStored(source) && source.editedAt !== undefined
      ? html`<small class="edited" part="edited" id=${`edited-${key}`}>${strings.edited}</small>`
      : nothing;
  return html`<div class="text" part="text" id=${`what-${key}`} dir="auto">${markedText(source.text, called, linked)}</div>${edited}`;
}

function isDeleted(source: MessageRow['source']): boolean {
  return isStored(source) && source.deletedAt !== undefined;
}

/** With the keyboard it is Enter on the message, so the button is no stop of the Tab key. */
function actions(source: MessageRow['source'], { strings }: ViewContext, { menu }: MessageRequests) {
  if (!isStored(source) || isDeleted(source)) return html`<span class="more"></span>`;
  return html`<button type="button" class="more" part="message-actions" tabindex="-1" aria-haspopup="menu" aria-label=${strings.actions} title=${strings.actions} @click=${() => menu(source.seq)}>${moreIcon}</button>`;
}

function stateMark(state: MessageState, reach: Reach | undefined, { strings, formats }: ViewContext): TemplateResult {
  switch (state) {
    case 'held':
    case 'sending':
      return mark(strings.sending, sendingIcon);
    case 'failed':
      return mark(strings.notSent, alertIcon);
    case 'sent':
    case 'received':
      if (reach?.read) return mark(strings.readBy(reach.read, formats.number(reach.read)), reachedIcon, 'read');
      return reach?.delivered
        ? mark(strings.delivered, reachedIcon, 'delivered')
        : mark(strings.sent, sentIcon, 'sent');
  }
}

function mark(label: string, icon: TemplateResult, reach?: keyof Reach | 'sent'): TemplateResult {
  return html`<span class="state" part="state" data-reach=${reach ?? nothing} role="img" aria-label=${label} title=${label}>${icon}</span>`;
}

/** Why it is not sent, and what there is to do. */
function trouble(item: OutboxItem, { strings, formats }: ViewContext, requests: MessageRequests) {
  const { key, state } = item;
  const button = (part: string, label: string, act: () => void) =>
    html`<button type="button" class="text-button" part=${part} @click=${act}>${label}</button>`;
  const seconds = slowedFor(item);
  if (seconds > 0)
    return html`<div class="failure" part="failure" id=${`failure-${key}`}>${strings.slowed(formats.seconds(seconds))}</div>`;
  if (state.name !== 'failed') return nothing;
  const held = isHeld(state);
  return html`<div class="failure" part="failure">
    <span id=${`failure-${key}`}>${failureText(state, strings)}</span>
    ${held ? nothing : button('retry', strings.retry, () => requests.retry(key))}
    ${button('discard', strings.discard, () => requests.discard(key))}
  </div>`;
}

/** Why a message was not sent, or not yet. */
export function failureText(state: Failure, strings: KnownStrings): string {
  return isHeld(state) ? strings.held : `${strings.notSent}. ${whyNot(state.code, strings)}`;
}

/** Of a text: what is well-formed, and still not taken, holds words that are not wanted. */
export function whyNot(code: FailureCode, strings: KnownStrings): string {
  return code === 'invalid' ? strings.unwanted : strings.failure(code);
}

/** The seconds that it waits because the reader was too fast. */
export function slowedFor(source: MessageRow['source']): number {
  const until = isStored(source) || source.state.name !== 'sending' ? undefined : source.state.until;
  return until === undefined ? 0 : Math.max(0, Math.ceil((until - Date.now()) / 1000));
}

function seqOf(source: MessageRow['source']): number | undefined {
  if (isStored(source)) return source.seq;
  return source.state.name === 'sent' ? source.state.seq : undefined;
}
