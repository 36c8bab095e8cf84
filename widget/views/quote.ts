import { html, type TemplateResult } from 'lit';
import type { ViewContext } from './context.ts';
import type { Quote } from './rows.ts';

/** The message that is answered, in short, and the way to it. */
export function quoteView(
  { seq, message }: Quote,
  { strings }: ViewContext,
  requests: { jump(seq: number): void },
): TemplateResult {
  const words = message?.deletedAt === undefined ? message?.text : strings.deleted;
  return html`<button type="button" class="quote" part="quote" tabindex="-1" @click=${() => requests.jump(seq)}>
    <bdi class="quoted-name">${message?.sender.name ?? strings.earlier}</bdi>
    <span class="quoted-text" dir="auto">${words}</span>
  </button>`;
}
