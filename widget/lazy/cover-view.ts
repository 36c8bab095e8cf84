import { html, type TemplateResult } from 'lit';
import { isComposing } from '../views/composing.ts';
import { closeIcon } from '../views/icons.ts';

export type CoverInput = {
  readonly part: string;
  readonly title: string;
  readonly body: TemplateResult;
  /** The button that closes it. */
  readonly closing: { readonly part: string; readonly label: string };
};

/**
 * The frame of a sheet: its title, and the button that closes it, as Escape does unless there is something else to end first.
 * It takes the focus itself, for Escape to come here: in Safari a button that is pressed does not.
 */
export function coverView({ part, title, closing, body }: CoverInput, close: () => void, back = close): TemplateResult {
  return html`<div class="sheet" part=${part} role="dialog" aria-label=${title} tabindex="-1" @keydown=${escaped(back)}>
    <header class="header">
      <h2 class="titles">${title}</h2>
      ${closeButton(closing, close)}
    </header>
    ${body}
  </div>`;
}

export function closeButton({ part, label }: CoverInput['closing'], close: () => void): TemplateResult {
  return html`<button type="button" class="icon-button" part=${part} aria-label=${label} title=${label} @click=${close}>${closeIcon}</button>`;
}

/** Escape closes it, and not the panel as well. */
export function escaped(close: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== 'Escape' || isComposing(event)) return;
    // A dialog of the page would close, too.
    event.preventDefault();
    event.stopPropagation();
    close();
  };
}
