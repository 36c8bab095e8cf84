/** The texts of the search, which come with it. */
export type SearchStrings = {
  readonly closeSearch: string;
  readonly moreFound: string;
  found(count: number, formatted: string): string;
};

export const search: SearchStrings = {
  closeSearch: 'Close the search',
  moreFound: 'Show more',
  found: (count, formatted) => (count === 0 ? 'Nothing found' : count === 1 ? '1 message' : `${formatted} messages`),
};
