import { englishDataset, englishRecommendedTransformers, RegExpMatcher } from 'obscenity';
import { type Folded, fold } from './fold.ts';
import { type Range, WordFinder } from './word-finder.ts';

export type FilterWords = {
  /** The words that English-speaking people take offence at, with their usual disguises. */
  english: boolean;
  /** Of the operator or of a channel; `*` at an end lets letters follow there. */
  words: readonly string[];
};

export interface Filter {
  /** What it weighs in memory: the letters of its own words. */
  readonly letters: number;
  /** What a text should not hold, as ranges of it, in order and apart from each other. */
  find(text: string): Range[];
}

/** Words that hold another, which the list itself does not know. */
const harmless = [
  'shiitake',
  'penistone',
  'lightwater',
  'clitheroe',
  'sussex',
  'essex',
  'middlesex',
  'mishit',
  'matsushita',
];

let english: RegExpMatcher | undefined;

/** The expressions of all English words are made once, when the first filter needs them. */
function englishMatcher(): RegExpMatcher {
  if (english !== undefined) return english;
  const { blacklistedTerms, whitelistedTerms = [] } = englishDataset.build();
  english = new RegExpMatcher({
    blacklistedTerms,
    whitelistedTerms: [...whitelistedTerms, ...harmless],
    ...englishRecommendedTransformers,
  });
  return english;
}

export function createFilter({ english: isEnglish, words }: FilterWords): Filter {
  const finder = new WordFinder(words.map((word) => fold(word).text));
  return {
    letters: finder.letters,
    find(text) {
      const folded = fold(text);
      const found = finder.find(folded.text);
      if (isEnglish) found.push(...englishIn(folded));
      return merged(found.map((range) => inOriginal(range, folded)));
    },
  };
}

function englishIn({ text }: Folded): Range[] {
  return englishMatcher()
    .getAllMatches(text)
    .map(({ startIndex, endIndex }) => ({ start: startIndex, end: endIndex + 1 }));
}

function inOriginal({ start, end }: Range, { from }: Folded): Range {
  return { start: from[start] ?? 0, end: from[end] ?? from.at(-1) ?? 0 };
}

function merged(ranges: Range[]): Range[] {
  const apart: Range[] = [];
  for (const range of ranges.sort((a, b) => a.start - b.start)) {
    const last = apart.at(-1);
    if (last !== undefined && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else apart.push({ ...range });
  }
  return apart;
}

/** The text with a star in the place of each character that it should not hold. */
export function masked(text: string, ranges: readonly Range[]): string {
  let result = '';
  let at = 0;
  for (const { start, end } of ranges) {
    result += text.slice(at, start) + '*'.repeat([...text.slice(start, end).trimEnd()].length);
    // Space behind a word belongs to what comes after it.
    at = start + text.slice(start, end).trimEnd().length;
  }
  return result + text.slice(at);
}
