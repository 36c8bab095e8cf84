import { html, type TemplateResult } from 'lit';
import type { MessageEntry } from '../../protocol/entities.ts';
import type { KnownStrings } from '../i18n/texts.ts';
import type { ViewContext } from './context.ts';
import type { Quote } from './rows.ts';

/** The message that is answered, in short, and the way to it. */
export function quoteView(
  key: string,
  { seq, message }: Quote,
  { strings }: ViewContext,
  requests: { jump(seq: number): void },
): TemplateResult {
  return html`<button type="button" class="quote" part="quote" id=${`quote-${key}`} tabindex="-1" @click=${() => requests.jump(seq)}>
    <bdi class="quoted-name">${message?.sender.name ?? strings.earlier}</bdi>
    <span class="quoted-text" dir="auto">${message && wordsOf(message, strings)}</span>
  </button>`;
}

/** What there is to read of a message. */
export function wordsOf({ text, deletedAt }: MessageEntry, strings: KnownStrings): string {
  return deletedAt === undefined ? text : strings.deleted;
}
