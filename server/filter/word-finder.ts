/** From `start` up to and without `end`. */
export type Range = { start: number; end: number };

const letter = /[\p{L}\p{N}]/u;
const root = 0;
/** Where a letter leads nowhere. */
const none = 0;
/** So that nobody can choose words whose letters all come to the same place of the table. */
const seed = Math.floor(Math.random() * 0xffff);

/** Whether a letter may stand before a word, and behind it: four forms, each a bit, so that a node can end words of several. */
const forms = Object.freeze({ open: 1, wholeStart: 2, wholeEnd: 4 });

/**
 * Finds many words in one pass over a text (Aho and Corasick): the time does not depend on how many words there are.
 * A word stands alone; `*` at its start or end says that letters may come before or after it.
 */
export class WordFinder {
  // A node a letter, which is its place in these lists: with an object and a map for each, 500 words took ten megabytes.
  readonly #parent: Int32Array;
  readonly #code: Uint16Array;
  readonly #length: Uint16Array;
  /** Where to go on when the next letter leads nowhere: the longest end of what was read that begins a word. */
  readonly #fallback: Int32Array;
  /** Of what was read, the longest end that is a word, but not all of it. */
  readonly #shorter: Int32Array;
  /** In which forms what was read is a word. */
  readonly #forms: Uint8Array;
  /** The nodes by their parent and letter: at the place that these come to, or at the next free one. */
  readonly #table: Int32Array;
  #nodes = 1;

  /** Words as `fold` leaves them. */
  constructor(words: Iterable<string>) {
    let growing = Array.from(words, wordOf);
    const most = growing.reduce((sum, { word }) => sum + word.length, 1);
    this.#parent = new Int32Array(most);
    this.#code = new Uint16Array(most);
    this.#length = new Uint16Array(most);
    this.#fallback = new Int32Array(most);
    this.#shorter = new Int32Array(most);
    this.#forms = new Uint8Array(most);
    this.#table = new Int32Array(2 ** Math.ceil(Math.log2(2 * most)));
    // All words by one letter more, so that whatever is shorter is complete.
    for (let length = 1; growing.length > 0; length += 1) {
      growing = growing.filter(({ word }) => word.length >= length);
      for (const each of growing) {
        each.node = this.#child(each.node, each.word.charCodeAt(length - 1));
        if (each.word.length === length) this.#forms[each.node] = at(this.#forms, each.node) | each.form;
      }
    }
  }

  /** How many it keeps room for. */
  get letters(): number {
    return this.#parent.length;
  }

  /** Of the words that end at the same place the longest: the others lie in it. */
  find(text: string): Range[] {
    const found: Range[] = [];
    let letters: Uint8Array | undefined;
    let node = root;
    for (let end = 1; end <= text.length; end += 1) {
      node = this.#step(node, text.charCodeAt(end - 1));
      let word = at(this.#forms, node) === 0 ? at(this.#shorter, node) : node;
      for (; word !== none; word = at(this.#shorter, word)) {
        letters ??= lettersIn(text);
        const start = end - at(this.#length, word);
        if ((at(this.#forms, word) & formsAt(letters, start, end)) === 0) continue;
        found.push({ start, end });
        break;
      }
    }
    return found;
  }

  #step(from: number, code: number): number {
    for (let node = from; ; node = at(this.#fallback, node)) {
      const next = at(this.#table, this.#slot(node, code));
      if (next !== none || node === root) return next;
    }
  }

  #child(parent: number, code: number): number {
    const slot = this.#slot(parent, code);
    const present = at(this.#table, slot);
    if (present !== none) return present;
    const node = this.#nodes;
    this.#nodes += 1;
    const fallback = parent === root ? root : this.#step(at(this.#fallback, parent), code);
    this.#parent[node] = parent;
    this.#code[node] = code;
    this.#length[node] = at(this.#length, parent) + 1;
    this.#fallback[node] = fallback;
    this.#shorter[node] = at(this.#forms, fallback) === 0 ? at(this.#shorter, fallback) : fallback;
    this.#table[slot] = node;
    return node;
  }

  /** Where in the table the node is, or would be. */
  #slot(parent: number, code: number): number {
    const last = this.#table.length - 1;
    let slot = Math.imul(Math.imul(parent + seed, 0x9e3779b1) ^ code, 0x85ebca6b);
    for (slot = (slot ^ (slot >>> 15)) & last; ; slot = (slot + 1) & last) {
      const node = at(this.#table, slot);
      if (node === none || (this.#code[node] === code && this.#parent[node] === parent)) return slot;
    }
  }
}

/** What is there: every place that is asked for is in the list. */
function at(list: Int32Array | Uint16Array | Uint8Array, place: number): number {
  return list[place] ?? 0;
}

function wordOf(written: string): { word: string; form: number; node: number } {
  const start = written.startsWith('*') ? forms.open : forms.wholeStart;
  const form = written.endsWith('*') ? start : start * forms.wholeEnd;
  return { word: written.replace(/^\*/, '').replace(/\*$/, '').trim(), form, node: root };
}

/** The forms of a word that may stand between these two. */
function formsAt(letters: Uint8Array, start: number, end: number): number {
  const starts = start > 0 && letters[start - 1] === 1 ? forms.open : forms.open | forms.wholeStart;
  return letters[end] === 1 ? starts : starts | (starts * forms.wholeEnd);
}

/** For each unit of the text whether it is one of a letter or a digit. */
function lettersIn(text: string): Uint8Array {
  const letters = new Uint8Array(text.length);
  let at = 0;
  for (const character of text) {
    if (letter.test(character)) letters.fill(1, at, at + character.length);
    at += character.length;
  }
  return letters;
}
