/** The reactions that are one key away. */
export const quickEmoji = ['👍', '❤️', '😂', '🎉', '👏', '🤔'];

/** The first emoji of a text, whole: a flag, a family or a skin tone is several code points. */
export function firstEmoji(text: string): string | undefined {
  for (const { segment } of new Intl.Segmenter().segment(text.trim())) {
    if (/\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20E3/u.test(segment)) return segment;
  }
  return undefined;
}
