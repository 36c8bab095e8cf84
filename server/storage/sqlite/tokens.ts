import type { KeyedMessage } from '../changes.ts';
import { termsOf } from '../terms.ts';

// FTS5 forgets what is deleted only when it next merges the segments that it lies in; its option to delete at once damages
// the index (SQLite 3.45). So it never gets to see a word: terms go into it as hashes. That
// also spares their ids its tokenizer, which folds case and splits at signs.

/** 53 bits, so that no two terms meet by chance. */
type Hash = { readonly high: number; readonly low: number };

function withText({ high, low }: Hash, text: string): Hash {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0xcc9e2d51);
    low ^= low >>> 15;
  }
  return { high, low };
}

function written(hash: Hash): string {
  const high = Math.imul(hash.high ^ (hash.low >>> 13), 0xc2b2ae35);
  const low = Math.imul(hash.low ^ (high >>> 16), 0x1b873593);
  return inBase36((high >>> 11) * 2 ** 32 + (low >>> 0));
}

const digits = 5;
/** What `toString(36)` makes of it, which takes ten times as long for a number that is no small integer. */
function inBase36(number: number): string {
  const front = Math.floor(number / 36 ** digits);
  if (front === 0) return number.toString(36);
  return front.toString(36) + (number - front * 36 ** digits).toString(36).padStart(digits, '0');
}

/** What the hashes of all terms of a channel begin with. */
function beginningOf(channel: string): Hash {
  return withText({ high: 0x9e3779b9, low: 0x85ebca6b }, `${channel} `);
}

/** Of a term in a channel, so that a search reads of the index what is in its channels and of nothing else. */
export function tokenOf(channel: string, term: string): string {
  return written(withText(beginningOf(channel), term));
}

/** What the index holds of a message; '' for a deleted one. */
export function tokensOf(channel: string, message: KeyedMessage): string {
  const beginning = beginningOf(channel);
  return termsOf(message)
    .map((term) => written(withText(beginning, term)))
    .join(' ');
}
