import type { Entry } from '../../protocol/entities.ts';
import { limits } from '../../protocol/limits.ts';

/** A page's texts and reactions, in bytes: two hundred of the longest messages in one frame would block every small one behind it. */
const bytesAtMost = 256_000;

/** How many of these, from the first on, make one page; one at least. */
export function pageLength(entries: readonly Entry[]): number {
  let bytes = 0;
  for (let i = 0; i < entries.length; i += 1) {
    const entry = entries[i];
    if (entry !== undefined) bytes += weightOf(entry);
    if (i > 0 && (i >= limits.pageMax || bytes > bytesAtMost)) return i;
  }
  return entries.length;
}

function weightOf(entry: Entry): number {
  const text = 'text' in entry ? Buffer.byteLength(entry.text) : 0;
  const reactions = 'reactions' in entry ? entry.reactions : undefined;
  return reactions === undefined ? text : text + Buffer.byteLength(JSON.stringify(reactions));
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
