import type { MultiToken } from 'linkifyjs';
import { html, type TemplateResult } from 'lit';

export type Tokenize = (text: string) => readonly Pick<MultiToken, 'v' | 'isLink' | 'toHref'>[];

const safeSchemes = new Set(['http:', 'https:', 'mailto:']);

/** Whether it is worth fetching the code that finds links: cheap, and true for all but the strangest texts with a link in it. */
export function mayHoldLink(text: string): boolean {
  return /\S\.\p{L}{2}|:\/\/|mailto:/iu.test(text);
}

/** The text with its links made clickable. Parts of text and attributes only: nothing in it is ever read as HTML. */
export function linkedText(text: string, tokenize: Tokenize | undefined): string | (string | TemplateResult)[] {
  if (!tokenize || !mayHoldLink(text)) return text;
  return tokenize(text).map((token) => {
    const href = token.isLink ? safeHref(token.toHref('https')) : undefined;
    return href === undefined ? token.v : link(href, token.v);
  });
}

function link(href: string, text: string): TemplateResult {
  return html`<a part="link" href=${href} target="_blank" rel="noopener noreferrer nofollow">${text}</a>`;
}

function safeHref(href: string): string | undefined {
  if (!URL.canParse(href)) return undefined;
  const url = new URL(href);
  return safeSchemes.has(url.protocol) ? url.href : undefined;
}
