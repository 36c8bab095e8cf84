/** From `start` up to and without `end`. */
export type Range = { start: number; end: number };

type Word = { length: number; wholeStart: boolean; wholeEnd: boolean };
type Node = {
  readonly next: Map<number, Node>;
  /** Where to go on when the next letter leads nowhere: the longest end of what was read that begins a word. */
  fallback: Node | undefined;
  words: Word[];
};

const letter = /[\p{L}\p{N}]/u;

/**
 * Finds all of many words in one pass over a text (Aho and Corasick): the time does not depend on how many words there are.
 * A word stands alone; `*` at its start or end says that letters may come before or after it.
 */
export class WordFinder {
  readonly #root: Node = emptyNode();

  /** Words as `fold` leaves them. */
  constructor(words: Iterable<string>) {
    for (const word of words) this.#add(word);
    this.#link();
  }

  find(text: string): Range[] {
    const found: Range[] = [];
    let node = this.#root;
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      for (let back = node.next.has(code) ? undefined : node.fallback; back !== undefined; back = back.fallback) {
        node = back;
        if (node.next.has(code)) break;
      }
      node = node.next.get(code) ?? this.#root;
      for (const word of node.words) {
        const start = i + 1 - word.length;
        if (word.wholeStart && isLetterBefore(text, start)) continue;
        if (word.wholeEnd && isLetterAt(text, i + 1)) continue;
        found.push({ start, end: i + 1 });
      }
    }
    return found;
  }

  #add(written: string): void {
    const word = written.replace(/^\*/, '').replace(/\*$/, '').trim();
    if (word === '') return;
    let node = this.#root;
    for (let i = 0; i < word.length; i += 1) {
      const code = word.charCodeAt(i);
      const next = node.next.get(code) ?? emptyNode();
      node.next.set(code, next);
      node = next;
    }
    node.words.push({ length: word.length, wholeStart: !written.startsWith('*'), wholeEnd: !written.endsWith('*') });
  }

  /** Level by level, so that each node's fallback is complete before its own is looked for. */
  #link(): void {
    const queue = [...this.#root.next.values()];
    for (const node of queue) node.fallback = this.#root;
    for (const node of queue) {
      for (const [code, child] of node.next) {
        let back = node.fallback;
        while (back !== undefined && !back.next.has(code)) back = back.fallback;
        child.fallback = back?.next.get(code) ?? this.#root;
        child.words = child.words.concat(child.fallback.words);
        queue.push(child);
      }
    }
  }
}

function emptyNode(): Node {
  return { next: new Map(), fallback: undefined, words: [] };
}

function isLetterBefore(text: string, index: number): boolean {
  if (index === 0) return false;
  const half = text.charCodeAt(index - 1);
  const isSecondHalf = half >= 0xdc00 && half <= 0xdfff && index > 1;
  return letter.test(isSecondHalf ? text.slice(index - 2, index) : text.charAt(index - 1));
}

function isLetterAt(text: string, index: number): boolean {
  const code = text.codePointAt(index);
  return code !== undefined && letter.test(String.fromCodePoint(code));
}
