import { describe, expect, test } from 'vitest';
import { createFilter, masked } from './filter.ts';
import { WordFinder } from './word-finder.ts';

const english = createFilter({ english: true, words: [] });
const own = createFilter({
  english: false,
  words: ['Acme', 'secret plan', 'foo*', '*bar', '*mid*', 'straße', 'проект', '機密'],
});
const held = (filter: typeof own, text: string) => filter.find(text).map(({ start, end }) => text.slice(start, end));

describe('line 10: the operator’s words', () => {
  test.each([
    ['alone', 'We buy Acme now', ['Acme']],
    ['in other letters', 'ACME, acme', ['ACME', 'acme']],
    ['not inside of another word', 'acmes and pacme', []],
    ['a phrase, over any space', 'the secret \n plan', ['secret \n plan']],
    ['with an open end', 'food foo', ['food'.slice(0, 3), 'foo']],
    ['with an open start', 'crowbar', ['bar']],
    ['open at both ends', 'amidst', ['mid']],
    ['with an open end, but not an open start', 'tofoo', []],
    ['with zero-width characters inside', 'A\u200Bc\u200Dm\uFEFFe', ['A\u200Bc\u200Dm\uFEFFe']],
    ['with soft hyphens and turns of direction inside', 'A\u00ADc\u202Eme', ['A\u00ADc\u202Eme']],
    ['with marks', 'A\u0301c\u0308me', ['A\u0301c\u0308me']],
    ['in fullwidth letters', 'Ａｃｍｅ', ['Ａｃｍｅ']],
    ['in mathematical letters', '𝓐𝓬𝓶𝓮', ['𝓐𝓬𝓶𝓮']],
    ['in look-alikes of Cyrillic and Greek', 'Асме αсmε', ['Асме', 'αсmε']],
    ['in circled letters', 'Ⓐⓒⓜⓔ', ['Ⓐⓒⓜⓔ']],
    ['in another script', 'наш проект', ['проект']],
    ['in a script without spaces, only where it stands alone', '機密 極機密書', ['機密']],
    ['at both ends of the text', 'acme', ['acme']],
    ['not where there is none', 'Nothing of the kind.', []],
  ])('%s', (_name, text, found) => {
    expect(held(own, text)).toEqual(found);
  });
});

describe('line 10: English', () => {
  test.each([
    'fuck',
    'FUCK',
    'fuuuuck',
    'f\u200Bu\u200Bc\u200Bk',
    'ｆｕｃｋ',
    'fück',
    'sh1t',
    'ѕhіt',
    'you bitch!',
    '@ss hole asshole',
  ])('finds %j', (text) => {
    expect(english.find(text).length).toBeGreaterThan(0);
  });

  test.each([
    'class',
    'Scunthorpe',
    'Essex and Sussex',
    'Middlesex',
    'assess the assignment',
    'bass guitar, grass, glass',
    'cocktail',
    'Dickens',
    'therapist',
    'analysis of the analyst',
    'shiitake',
    'Penistone',
    'Lightwater',
    'cumulative document',
    'compass, passage, embassy',
    'button, butter',
    'the title and the constitution',
    'hello, hell-bent on shells',
    'We push it to production',
    'grape and drape',
    'Massachusetts',
  ])('raises no false alarm on %j', (text) => {
    expect(held(english, text)).toEqual([]);
  });
});

test('line 10: a mask hides each character of the word and nothing else', () => {
  const text = 'An A\u200Bcme and 𝓐𝓬𝓶𝓮 plan, Acme.';
  expect(masked(text, own.find(text))).toBe('An ***** and **** plan, ****.');
});

test('line 10: each place is found once, however many words end there', () => {
  const nested = Array.from({ length: 500 }, (_, i) => `*${'a'.repeat(1 + (i % 62))}*`);
  const found = new WordFinder(nested).find('a'.repeat(10_000));
  expect(found).toHaveLength(10_000);
  expect(found.at(-1)).toEqual({ start: 10_000 - 62, end: 10_000 });
});

test('line 10: what is found is what a look at every place for every word would find', () => {
  const letters = ['a', 'b', '𝓐', ' '];
  let state = 7;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 1;
    return (state >>> 8) % below;
  };
  const textOf = (length: number) => Array.from({ length }, () => letters[random(letters.length)]).join('');
  const isLetter = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character);
  for (let round = 0; round < 300; round += 1) {
    const words = Array.from({ length: 1 + random(6) }, () => {
      const [start, end] = [random(2) === 0 ? '*' : '', random(2) === 0 ? '*' : ''];
      return `${start}${textOf(1 + random(4))}${end}`;
    });
    const text = textOf(40);
    const hit = new Set<number>();
    for (const written of words) {
      const word = written.replaceAll('*', '').trim();
      for (let at = text.indexOf(word); word !== '' && at !== -1; at = text.indexOf(word, at + 1)) {
        const before = [...text.slice(0, at)].at(-1);
        const behind = [...text.slice(at + word.length)][0];
        if ((!written.startsWith('*') && isLetter(before)) || (!written.endsWith('*') && isLetter(behind))) continue;
        for (let i = at; i < at + word.length; i += 1) hit.add(i);
      }
    }
    const found = new Set<number>();
    for (const { start, end } of new WordFinder(words).find(text)) for (let i = start; i < end; i += 1) found.add(i);
    expect(
      [...found].sort((a, b) => a - b),
      `${JSON.stringify(words)} in "${text}"`,
    ).toEqual([...hit].sort((a, b) => a - b));
  }
});

test('line 10: the time grows with the length of the text, and no faster', () => {
  const words = Array.from({ length: 2_000 }, (_, i) => `*${'a'.repeat(1 + (i % 40))}b${i}*`);
  const filter = createFilter({ english: true, words });
  const pieces = ['a', 'ab', 'fu', 'a\u200B', 'Асме ', 'sh', 's', '漢字', 'aaaaaaaaab1'];
  /** For so many characters altogether, in texts of this length. */
  const timeOf = (length: number, times: number) => {
    const texts = pieces.map((piece) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length));
    const began = performance.now();
    for (let time = 0; time < times; time += 1) for (const text of texts) filter.find(text);
    return performance.now() - began;
  };
  timeOf(10_000, 1);
  // In turns, and the best of many: what the machine was busy with besides is not the filter's.
  const rounds = Array.from({ length: 20 }, () => ({ short: timeOf(1_000, 10), long: timeOf(10_000, 1) }));
  const short = Math.min(...rounds.map((round) => round.short));
  const long = Math.min(...rounds.map((round) => round.long));
  console.log(`filter: ${short.toFixed(1)} ms for 10 × 1,000 characters, ${long.toFixed(1)} ms for 10,000 at once`);
  // As long is linear; ten times as long would be quadratic.
  expect(long / short).toBeLessThan(5);
});
