import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { held as english } from '../i18n/held/en.ts';
import { avatar } from '../views/avatar.ts';
import type { ViewContext } from '../views/context.ts';
import { sendingIcon } from '../views/icons.ts';
import { coverView } from './cover-view.ts';
import { type HeldMessage, idOf } from './held-messages.ts';

export type HeldInput = {
  /** Undefined until the list is there. */
  readonly messages: readonly HeldMessage[] | undefined;
  readonly failed: boolean;
};

export interface HeldRequests {
  /** Lets it through, or refuses it. */
  decide(message: HeldMessage, passes: boolean): void;
  /** Asks for the list again. */
  retry(): void;
  close(): void;
}

/** More are not counted. */
const countedAtMost = 99;

/** How many wait, in words. */
export function waitingText(count: number, { strings, formats }: ViewContext): string {
  const number = formats.number(Math.min(count, countedAtMost));
  return (strings.waiting ?? english.waiting)(count, count > countedAtMost ? `${number}+` : number);
}

/** Above the messages: how many wait, and the way to them. */
export function heldSign(text: string, open: () => void): TemplateResult {
  return html`<button type="button" class="held-sign" part="open-held" aria-haspopup="dialog" @click=${open}>
    ${sendingIcon}<span>${text}</span>
  </button>`;
}

/** What waits for the reader to decide on it. */
export function heldSheet({ messages, failed }: HeldInput, known: ViewContext, requests: HeldRequests): TemplateResult {
  const context = { ...known, strings: { ...english, ...known.strings } };
  const { strings } = context;
  const isEmpty = messages?.length === 0;
  const body = html`<div class="sheet-body">
    <p class="held-state" role="status">${failed ? strings.unreachable : isEmpty ? strings.noneWaits : ''}</p>
    ${failed ? html`<button type="button" class="text-button" part="retry-held" @click=${requests.retry}>${strings.retry}</button>` : nothing}
    <ul class="held-list">
      ${repeat(messages ?? [], idOf, (message) => row(message, context, requests))}
    </ul>
  </div>`;
  const closing = { part: 'close-held', label: strings.closeHeld };
  return coverView({ part: 'held', title: strings.heldMessages, body, closing }, requests.close);
}

/** It can have the focus: it comes to a row when the one before it was decided on, and not to a button that would decide. */
function row(
  message: HeldMessage,
  { strings, formats }: ViewContext & { strings: typeof english },
  { decide }: HeldRequests,
): TemplateResult {
  const { sender, text, at } = message;
  const button = (part: string, label: string, passes: boolean) =>
    html`<button type="button" class="text-button" part=${part} aria-label=${`${label}: ${sender.name}`} @click=${once(() => decide(message, passes))}>${label}</button>`;
  return html`<li class="held-message" part="held-message" data-user=${sender.id} tabindex="-1">
    ${avatar(sender.id, sender.name)}
    <div class="held-text">
      <div class="held-meta"><bdi>${sender.name}</bdi> <time datetime=${new Date(at).toISOString()}>${formats.day(at, Date.now())}, ${formats.time(at)}</time></div>
      <p dir="auto">${text}</p>
      <div class="held-actions">${button('let-through', strings.letThrough, true)}${button('refuse', strings.refuse, false)}</div>
    </div>
  </li>`;
}

/** The second press of a double click is none: by then the next message may be there. */
function once(act: () => void): (event: MouseEvent) => void {
  return ({ detail }) => {
    if (detail < 2) act();
  };
}
