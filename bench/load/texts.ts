import { marker, numberDigits } from './member.ts';

const length = 200;
const syllables = ['ka', 'lo', 'mi', 'ter', 'na', 'so', 'ri', 'pen', 'du', 'vel'] as const;
/** As many different words as everyday talk has in the main, so that a search index has the work that it would have. */
const vocabulary = Array.from({ length: 1_000 }, (_, i) =>
  [i % 10, Math.floor(i / 10) % 10, Math.floor(i / 100)].map((digit) => syllables[digit]).join(''),
);
/** Made beforehand: the generator has no time for it. */
const tails = Array.from({ length: 1_000 }, (_, i) => {
  const words = Array.from({ length: 40 }, (_word, j) => vocabulary[(i * 31 + j * j * 17 + j) % vocabulary.length]);
  return ` ${words.join(' ')}`.slice(0, length - marker.length - numberDigits);
});

/** 200 bytes of words that hold the message's number. */
export function textOf(number: number): string {
  return `${marker}${String(number).padStart(numberDigits, '0')}${tails[number % tails.length]}`;
}
