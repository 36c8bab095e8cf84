import { folded, unspacedSign, wordSign } from '../../protocol/words.ts';

/** A stretch of a found message, and whether it is what was searched for. */
export type Stretch = { readonly text: string; readonly isHit: boolean };

/** Of either kind; in one without spaces a hit may stand anywhere. */
const words = new RegExp(`${unspacedSign.source}+|(?:(?!${unspacedSign.source})${wordSign.source})+`, 'gu');
/** Characters that are shown before the first hit. A result has room for some three lines. */
const lead = 40;

/**
 * The text from shortly before the first hit on, with all that the search for `query` went by: whole words, without regard
 * to case and accents, as the server finds them.
 */
export function stretchesOf(text: string, query: string): Stretch[] {
  const sought = new Set(mapped(query).text.match(words));
  const hits = hitsOf(text, sought);
  const from = beginning(text, hits[0]?.start ?? 0);
  const stretches: Stretch[] = from > 0 ? [{ text: '…', isHit: false }] : [];
  let end = from;
  for (const hit of hits) {
    // Of two that overlap, the first.
    if (hit.start < end) continue;
    if (hit.start > end) stretches.push({ text: text.slice(end, hit.start), isHit: false });
    stretches.push({ text: text.slice(hit.start, hit.end), isHit: true });
    end = hit.end;
  }
  return [...stretches, { text: text.slice(end), isHit: false }];
}

type Range = { start: number; end: number };

function hitsOf(text: string, sought: ReadonlySet<string>): Range[] {
  const { text: plain, origins } = mapped(text);
  const range = (start: number, length: number): Range => ({
    start: origins[start] ?? start,
    end: origins[start + length] ?? text.length,
  });
  const whole = Array.from(plain.matchAll(words), ({ 0: word, index }) =>
    sought.has(word) ? [range(index, word.length)] : [],
  );
  const within = Array.from(sought, (word) => {
    const ranges: Range[] = [];
    if (!unspacedSign.test(word)) return ranges;
    for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + word.length))
      ranges.push(range(at, word.length));
    return ranges;
  });
  return [...whole, ...within].flat().sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Without case and accents; and for each character of it, where it stood. */
function mapped(text: string): { text: string; origins: readonly number[] } {
  const origins: number[] = [];
  let plain = '';
  let at = 0;
  for (const character of text) {
    const without = character < '\x7f' ? character.toLowerCase() : folded(character);
    for (let i = 0; i < without.length; i += 1) origins.push(at);
    plain += without;
    at += character.length;
  }
  return { text: plain, origins };
}

/** Where to begin, so that the first hit is in sight: at the beginning, or a few words before the hit. */
function beginning(text: string, hit: number): number {
  const before = [...text.slice(Math.max(0, hit - 2 * lead), hit)].slice(-lead).join('');
  if (before.length === hit) return 0;
  const space = before.search(/\s\S/);
  return hit - before.length + (space < 0 ? 0 : space + 1);
}
