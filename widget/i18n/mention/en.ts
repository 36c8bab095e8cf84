/** The texts of the list that an @ opens, which come with it. */
export type MentionStrings = {
  readonly people: string;
  /** For a screen reader: how many people are offered, and how one of them is chosen. */
  suggested(count: number, formatted: string): string;
};

export const mention: MentionStrings = {
  people: 'People to mention',
  suggested: (count, n) => `${count === 1 ? '1 person' : `${n} people`}. Choose with the arrow keys.`,
};
