import type { MessageEntry } from '../../protocol/entities.ts';
import { folded, unspacedSign, wordSign } from '../../protocol/words.ts';

// What a message can be found by, the same in every store: its words, its sender and those it mentions, as plain strings
// of one index. The stores' own tokenizers are not used: they differ in what a word is, and neither knows scripts that
// are written without spaces. Whoever changes what these functions return owes a rebuild of the stored indexes.

/** Longer words are told apart by their beginning only, so that no text makes huge index keys. */
const wordLength = 40;
const plain = /^[\x20-\x7e\s]*$/;
const plainWord = /[a-z0-9]+/g;
const word = new RegExp(`${wordSign.source}+`, 'gu');
/** Scripts without spaces between words: each character and each pair of neighbours counts as a word. */
const unspaced = new RegExp(`${unspacedSign.source}+`, 'gu');

type Runs = { spaced: readonly string[]; unspaced: string[] };

function runs(text: string): Runs {
  // Most text has neither accents nor scripts without spaces, and is done five times as fast.
  if (plain.test(text)) return { spaced: short(text.toLowerCase().match(plainWord) ?? []), unspaced: [] };
  const plainText = folded(text);
  return {
    spaced: short(plainText.replace(unspaced, ' ').match(word) ?? []),
    unspaced: plainText.match(unspaced) ?? [],
  };
}

function short(words: readonly string[]): readonly string[] {
  return words.some(({ length }) => length > wordLength) ? words.map((each) => each.slice(0, wordLength)) : words;
}

function pairs(characters: readonly string[]): string[] {
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/** Every word that a search for this text's message may use. */
export function wordsOf(text: string): Set<string> {
  const { spaced, unspaced } = runs(text);
  const words = new Set(spaced);
  for (const run of unspaced) {
    const characters = [...run];
    for (const each of characters) words.add(each);
    for (const each of pairs(characters)) words.add(each);
  }
  return words;
}

/** The words that a found message must hold. */
function wordsSought(query: string): Set<string> {
  const { spaced, unspaced } = runs(query);
  const words = new Set(spaced);
  for (const run of unspaced) {
    const characters = [...run];
    for (const each of characters.length === 1 ? characters : pairs(characters)) words.add(each);
  }
  return words;
}

export type Searchable = Pick<MessageEntry, 'text' | 'mentions' | 'deletedAt'> & { sender: { id: string } };

/** One letter says what kind of term it is, so that no user's id is ever taken for a word. */
export const term = Object.freeze({
  word: (value: string) => `w${value}`,
  sender: (user: string) => `s${user}`,
  mention: (user: string) => `m${user}`,
});

export function termsOf(message: Searchable): string[] {
  if (message.deletedAt !== undefined) return [];
  // Every message goes through here: a loop takes half as long as spreading what `Array.from` makes.
  const terms: string[] = [];
  for (const word of wordsOf(message.text)) terms.push(term.word(word));
  terms.push(term.sender(message.sender.id));
  for (const user of new Set(message.mentions)) terms.push(term.mention(user));
  return terms;
}

/** Whether the message has all of these terms. */
export function hasTerms(message: Searchable, terms: readonly string[]): boolean {
  // Most of what is looked at does not hold the word at all, and need not be taken apart to see that.
  if (plain.test(message.text)) {
    const text = message.text.toLowerCase();
    if (terms.some((each) => each.startsWith(term.word('')) && !text.includes(each.slice(1)))) return false;
  }
  const own = new Set(termsOf(message));
  return terms.every((each) => own.has(each));
}

/** The terms that a found message must all have; undefined when no message can have them. */
export function termsSought(query: { words?: string; from?: string; mentions?: string }): string[] | undefined {
  const terms = Array.from(wordsSought(query.words ?? ''), term.word);
  // Nothing but punctuation was asked for: that is no word of any message, and not "any message".
  if (query.words !== undefined && query.words.trim() !== '' && terms.length === 0) return undefined;
  if (query.from !== undefined) terms.push(term.sender(query.from));
  if (query.mentions !== undefined) terms.push(term.mention(query.mentions));
  return terms.length === 0 ? undefined : terms;
}
