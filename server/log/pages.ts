import type { Entry } from '../../protocol/entities.ts';
import { limits } from '../../protocol/limits.ts';

/** A page's text, in characters: two hundred of the longest messages in one frame would block every small one behind it. */
const textAtMost = 256_000;

/** How many of these, from the first on, make one page; one at least. */
export function pageLength(entries: readonly Entry[]): number {
  let text = 0;
  for (let i = 0; i < entries.length; i += 1) {
    const entry = entries[i];
    if (entry !== undefined && 'text' in entry) text += entry.text.length;
    if (i > 0 && (i >= limits.pageMax || text > textAtMost)) return i;
  }
  return entries.length;
}

export function pagesOf(entries: readonly Entry[]): Entry[][] {
  const pages: Entry[][] = [];
  for (let at = 0; at < entries.length; ) {
    const length = pageLength(entries.slice(at, at + limits.pageMax));
    pages.push(entries.slice(at, at + length));
    at += length;
  }
  return pages;
}
