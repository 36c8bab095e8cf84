import type { KeyedMessage } from '../changes.ts';
import { termsOf } from '../terms.ts';

// FTS5 forgets what is deleted only when it next merges the segments that it lies in; its option to delete at once damages
// the index (SQLite 3.45). So it never gets to see a word: terms go into it as hashes. That
// also spares their ids its tokenizer, which folds case and splits at signs.

/** 53 bits, so that no two terms meet by chance. */
function hash(text: string): string {
  let high = 0x9e3779b9;
  let low = 0x85ebca6b;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0xcc9e2d51);
    low ^= low >>> 15;
  }
  high = Math.imul(high ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (high >>> 16), 0x1b873593);
  return ((high >>> 11) * 2 ** 32 + (low >>> 0)).toString(36);
}

/** Of a term in a channel, so that a search reads of the index what is in its channels and of nothing else. */
export function tokenOf(channel: string, term: string): string {
  return hash(`${channel} ${term}`);
}

/** What the index holds of a message; '' for a deleted one. */
export function tokensOf(channel: string, message: KeyedMessage): string {
  return termsOf(message)
    .map((term) => tokenOf(channel, term))
    .join(' ');
}
