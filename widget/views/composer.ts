import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { limits } from '../../protocol/limits.ts';
import type { Purpose } from '../composition.ts';
import { isComposing } from './composing.ts';
import type { ViewContext } from './context.ts';
import { sendIcon } from './icons.ts';
import { purposeView } from './purpose.ts';

export type ComposerInput = {
  readonly text: string;
  readonly purpose: Purpose;
  /** Why nobody can write here now; undefined when one can. */
  readonly closed: string | undefined;
};

export interface ComposerRequests {
  typed(text: string): void;
  submit(): void;
  /** The text is to be a new message. */
  cancel(): void;
  /** Other words for what the reader wrote last. */
  editLast(): void;
}

/** Characters that still fit behind a text, estimated from its bytes; below 0 when it is too long. */
export function room(text: string): number {
  // A character is four bytes at most, so most texts need not be encoded to know.
  if (text.length * 4 <= limits.textBytes) return limits.textBytes;
  const bytes = new TextEncoder().encode(text).length;
  return Math.floor(((limits.textBytes - bytes) / bytes) * [...text].length);
}

/** From here on the reader is told how many characters are left. */
const scarce = 500;

export function canSend(text: string): boolean {
  return text.trim() !== '' && room(text) >= 0;
}

export function composer(
  { text, purpose, closed }: ComposerInput,
  context: ViewContext,
  requests: ComposerRequests,
): TemplateResult {
  const { strings, formats } = context;
  if (closed !== undefined) return html`<div class="closed" part="closed" role="note">${closed}</div>`;
  const left = room(text);
  const over = left < 0;
  return html`<form class="composer" part="composer" @submit=${(event: Event) => submitted(event, requests)}>
    ${left > scarce ? nothing : html`<div class="room" part=${over ? 'error' : 'room'} id="room" role=${over ? 'status' : nothing}>${over ? strings.tooLong(formats.number(-left)) : strings.left(left, formats.number(left))}</div>`}
    ${purposeView(purpose, context, requests.cancel)}
    <div class="field" part="field">
      <div class="grow" data-text=${text}>
        <textarea
          part="input"
          rows="1"
          enterkeyhint="send"
          autocomplete="off"
          dir=${text === '' ? nothing : 'auto'}
          aria-label=${strings.write}
          aria-invalid=${over}
          aria-describedby=${left > scarce ? nothing : 'room'}
          placeholder=${strings.write}
          .value=${live(text)}
          @input=${(event: Event) => typed(event, requests)}
          @keydown=${(event: KeyboardEvent) => keyed(event, { text, purpose }, requests)}
        ></textarea>
      </div>
      <slot name="tools"></slot>
      <button class="send" part="send" type="submit" aria-label=${purpose.name === 'edit' ? strings.save : strings.send} title=${purpose.name === 'edit' ? strings.save : strings.send} ?disabled=${!canSend(text)}>
        ${sendIcon}
      </button>
    </div>
  </form>`;
}

function submitted(event: Event, { submit }: ComposerRequests): void {
  event.preventDefault();
  submit();
}

function typed({ target }: Event, requests: ComposerRequests): void {
  if (target instanceof HTMLTextAreaElement) requests.typed(target.value);
}

function keyed(
  event: KeyboardEvent,
  { text, purpose }: Omit<ComposerInput, 'closed'>,
  requests: ComposerRequests,
): void {
  if (isComposing(event)) return;
  const act = {
    Enter: event.shiftKey ? undefined : requests.submit,
    Escape: purpose.name === 'new' ? undefined : requests.cancel,
    ArrowUp: text === '' && purpose.name === 'new' ? requests.editLast : undefined,
  }[event.key];
  if (!act) return;
  event.preventDefault();
  // Escape would close the panel as well.
  event.stopPropagation();
  act();
}
