// What a word is: the same to the server that finds messages by their words, and to the element that marks them there.
// Whoever changes it owes a rebuild of the stored indexes.

const accents = /[\u0300-\u036f]/g;
/** A letter, a digit or a mark. */
export const wordSign = /[\p{L}\p{N}\p{M}]/u;
/** One of a script without spaces between words. */
export const unspacedSign =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]/u;

/** Without case and accents. */
export function folded(text: string): string {
  return text.toLowerCase().normalize('NFKD').replace(accents, '').normalize('NFC');
}
