/** Line breaks and other control characters, and marks that turn the direction of the text beside them. */
const meddling = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;
/** The blank of Braille is drawn as nothing, though it is called a symbol. */
const seen = /[^\s\u2800\p{Default_Ignorable_Code_Point}]/u;

/** Whether there is something in it to see. */
export function isSeen(text: string): boolean {
  return seen.test(text);
}

/**
 * What people call themselves and their channels, in one line: it stands between other people's words, and may neither
 * reorder nor break them, nor be invisible. Empty where nothing of it can be seen.
 */
export function readable(text: string): string {
  const line = text.toWellFormed().replace(/\s+/g, ' ').replace(meddling, '').trim();
  return isSeen(line) ? line : '';
}
