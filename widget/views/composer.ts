import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { limits } from '../../protocol/limits.ts';
import type { Purpose } from '../composition.ts';
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

/** Characters by which a text is too long, estimated from its bytes; 0 when it is not. */
export function surplus(text: string): number {
  // A character is four bytes at most, so most texts need not be encoded to know.
  if (text.length * 4 <= limits.textBytes) return 0;
  const bytes = new TextEncoder().encode(text).length;
  return bytes <= limits.textBytes ? 0 : Math.ceil(((bytes - limits.textBytes) / bytes) * [...text].length);
}

export function canSend(text: string): boolean {
  return text.trim() !== '' && surplus(text) === 0;
}

export function composer(
  { text, purpose, closed }: ComposerInput,
  context: ViewContext,
  requests: ComposerRequests,
): TemplateResult {
  const { strings, formats } = context;
  if (closed !== undefined) return html`<div class="closed" part="closed" role="note">${closed}</div>`;
  const over = surplus(text);
  return html`<form class="composer" part="composer" @submit=${(event: Event) => submitted(event, requests)}>
    ${over > 0 ? html`<div class="over" part="error" id="over" role="status">${strings.tooLong(formats.number(over))}</div>` : nothing}
    ${purposeView(purpose, context, requests.cancel)}
    <div class="field" part="field">
      <div class="grow" data-text=${text}>
        <textarea
          part="input"
          rows="1"
          enterkeyhint="send"
          autocomplete="off"
          dir="auto"
          aria-label=${strings.write}
          aria-invalid=${over > 0}
          aria-describedby=${over > 0 ? 'over' : nothing}
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
  // 229: an input method is composing; some browsers send the Enter that ends it after they have said that it is over.
  if (event.isComposing || event.keyCode === 229) return;
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
