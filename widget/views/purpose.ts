import { html, nothing, type TemplateResult } from 'lit';
import type { Purpose } from '../composition.ts';
import type { ViewContext } from './context.ts';
import { closeIcon, editIcon, replyIcon } from './icons.ts';
import { wordsOf } from './quote.ts';

/** Above the input: what the text will be, unless it will just be a message. */
export function purposeView(
  purpose: Purpose,
  { strings }: ViewContext,
  cancel: () => void,
): TemplateResult | typeof nothing {
  if (purpose.name === 'new') return nothing;
  const { name, message } = purpose;
  const [icon, title] =
    name === 'edit' ? [editIcon, strings.editing] : [replyIcon, strings.replyingTo(message.sender.name)];
  return html`<div class="purpose" part="purpose" data-name=${name}>
    ${icon}
    <div class="purpose-text"><strong>${title}</strong><span dir="auto">${wordsOf(message, strings)}</span></div>
    <button type="button" class="icon-button" part="cancel" aria-label=${strings.cancel} title=${strings.cancel} @click=${cancel}>${closeIcon}</button>
  </div>`;
}
