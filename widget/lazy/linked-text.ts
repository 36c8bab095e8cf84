import { tokenize } from 'linkifyjs';
import { html, type TemplateResult } from 'lit';

const safeSchemes = new Set(['http:', 'https:', 'mailto:']);

/** The text with its links made clickable. Parts of text and attributes only: nothing in it is ever read as HTML. */
export function linkedText(text: string): (string | TemplateResult)[] {
  return tokenize(text).map((token) => {
    const href = token.isLink ? safeHref(token.toHref('https')) : undefined;
    return href === undefined ? token.v : link(href, isDeceptive(token.v) ? href : token.v);
  });
}

function link(href: string, text: string): TemplateResult {
  return html`<a part="link" href=${href} target="_blank" rel="noopener noreferrer nofollow">${text}</a>`;
}

/** Letters that pass for Latin ones beside Latin ones, or marks that turn the direction: then what is shown is where it leads. */
const lookAlikes = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;
const turns = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;

function isDeceptive(shown: string): boolean {
  return turns.test(shown) || (lookAlikes.test(shown) && /[a-z]/i.test(shown.replace(/^[a-z]+:(\/\/)?/i, '')));
}

function safeHref(href: string): string | undefined {
  if (!URL.canParse(href)) return undefined;
  const url = new URL(href);
  return safeSchemes.has(url.protocol) ? url.href : undefined;
}
