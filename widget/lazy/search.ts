import { html, nothing, type TemplateResult } from 'lit';
import type { MessageEntry } from '../../protocol/entities.ts';
import { limits } from '../../protocol/limits.ts';
import { search as english } from '../i18n/search/en.ts';
import type { ViewContext } from '../views/context.ts';
import { closeButton, escaped } from './cover-view.ts';
import { type Stretch, stretchesOf } from './hits.ts';

/** A message, and what is shown of its text. */
export type Found = Pick<MessageEntry, 'seq' | 'sender' | 'sentAt'> & { readonly stretches: readonly Stretch[] };

export type SearchInput = {
  /** What stands in the field when the sheet opens. */
  readonly field: string;
  /** Newest first; undefined before the first search. */
  readonly found: readonly Found[] | undefined;
  /** There are more than these. */
  readonly more: boolean;
  readonly failed: boolean;
};

export interface SearchRequests {
  search(words: string): void;
  /** More of the same. */
  extend(): void;
  jump(seq: number): void;
  close(): void;
}

export function foundIn(messages: readonly MessageEntry[], words: string): Found[] {
  return messages.map(({ seq, sender, sentAt, text }) => ({
    seq,
    sender,
    sentAt,
    stretches: stretchesOf(text, words),
  }));
}

/** Search in the channel: words in, messages out, and from each a way to its place. */
export function searchSheet(input: SearchInput, context: ViewContext, requests: SearchRequests): TemplateResult {
  const strings = { ...english, ...context.strings };
  const submitted = (event: SubmitEvent) => {
    event.preventDefault();
    const { currentTarget } = event;
    const field = currentTarget instanceof HTMLFormElement ? currentTarget.elements.namedItem('words') : null;
    if (field instanceof HTMLInputElement && field.value.trim() !== '') requests.search(field.value.trim());
  };
  return html`<div class="search" part="search" role="dialog" aria-label=${strings.search} tabindex="-1" @keydown=${escaped(requests.close)}>
    <form class="header" role="search" @submit=${submitted}>
      <input name="words" part="search-input" type="search" enterkeyhint="search" autocomplete="off" maxlength=${limits.queryLength} aria-label=${strings.search} placeholder=${strings.search} .value=${input.field} />
      ${closeButton({ part: 'close-search', label: strings.closeSearch }, requests.close)}
    </form>
    <div class="results">
      <p class="result-count" part="search-count" role="status">${summary(input, context)}</p>
      ${input.found?.map((message) => result(message, context, requests)) ?? nothing}
      ${input.found && input.more && input.found.length < limits.pageMax ? html`<button type="button" class="text-button" part="search-more" @click=${requests.extend}>${strings.moreFound}</button>` : nothing}
    </div>
  </div>`;
}

function summary({ found, more, failed }: SearchInput, { strings, formats }: ViewContext): string {
  if (failed) return strings.unreachable;
  if (!found) return '';
  return (strings.found ?? english.found)(found.length, `${formats.number(found.length)}${more ? '+' : ''}`);
}

function result(
  { seq, sender, sentAt, stretches }: Found,
  { formats }: ViewContext,
  { jump }: SearchRequests,
): TemplateResult {
  return html`<button type="button" class="result" part="search-result" data-seq=${seq} @click=${() => jump(seq)}>
    <span class="result-meta"><bdi>${sender.name}</bdi> <time datetime=${new Date(sentAt).toISOString()}>${formats.day(sentAt, Date.now())}, ${formats.time(sentAt)}</time></span>
    <span class="result-text" dir="auto">${stretches.map(({ text, isHit }) => (isHit ? html`<mark>${text}</mark>` : text))}</span>
  </button>`;
}
