import type { SearchStrings } from './strings.ts';

export const search: SearchStrings = {
  closeSearch: 'Close the search',
  found: (count, formatted) => (count === 0 ? 'Nothing found' : count === 1 ? '1 message' : `${formatted} messages`),
};
