/** A text as a reader sees it, letter by letter, and where each letter stands in the original. */
export type Folded = {
  text: string;
  /** For each unit of `text`, where its original begins; one more for the end. */
  from: readonly number[];
};

/** What is not seen: zero-width characters, marks on letters, changes of direction. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{M}]/u;
const space = /\s/;

/** Letters of other alphabets that look like a Latin one. */
const lookAlikes = new Map(
  Object.entries({
    a: 'аαɑ',
    b: 'ьвβƅ',
    c: 'сϲ',
    d: 'ԁɗ',
    e: 'еєεҽ',
    f: 'ƒғ',
    g: 'ɡց',
    h: 'һнհ',
    i: 'іıɩι',
    j: 'јϳ',
    k: 'кκ',
    l: 'ӏǀ',
    m: 'м',
    n: 'ոηп',
    o: 'оοσօ',
    p: 'рρ',
    q: 'ԛգ',
    r: 'гᴦ',
    s: 'ѕꜱ',
    t: 'тτ',
    u: 'υսц',
    v: 'ѵν',
    w: 'ԝѡωш',
    x: 'хχ',
    y: 'уγү',
    z: 'ᴢ',
  }).flatMap(([letter, others]) => Array.from(others, (other) => [other, letter] as const)),
);

/** Of characters beyond ASCII, of which a text holds the same few over and over. */
const known = new Map<string, string>();
const knownAtMost = 20_000;

function lettersOf(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 128) return space.test(character) ? ' ' : character.toLowerCase();
  const before = known.get(character);
  if (before !== undefined) return before;
  const letters = folded(character);
  if (known.size >= knownAtMost) known.clear();
  known.set(character, letters);
  return letters;
}

/** Compatibility forms (fullwidth, circled, mathematical) become the plain letter, without its marks, and then its look-alike. */
function folded(character: string): string {
  // The byte order mark counts as space for regular expressions, and is not seen.
  if (space.test(character) && !unseen.test(character)) return ' ';
  let letters = '';
  for (const part of character.normalize('NFKD').toLowerCase().normalize('NFKD'))
    if (!unseen.test(part)) letters += lookAlikes.get(part) ?? part;
  return letters;
}

/** In time that grows with the length of the text, whatever is in it. */
export function fold(text: string): Folded {
  const from: number[] = [];
  let seen = '';
  let isAfterSpace = false;
  let at = 0;
  for (const character of text) {
    const letters = lettersOf(character);
    // However much space there is between two words, it is one space.
    if (letters !== ' ' || !isAfterSpace) {
      seen += letters;
      isAfterSpace = letters === ' ' || (letters === '' && isAfterSpace);
      for (let i = 0; i < letters.length; i += 1) from.push(at);
    }
    at += character.length;
  }
  from.push(at);
  return { text: seen, from };
}
