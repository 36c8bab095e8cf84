import type { TextsOf } from '../texts.ts';
import type { SearchStrings } from './en.ts';

export const strings: TextsOf<SearchStrings> = () => ({
  closeSearch: 'खोज बंद करें',
  moreFound: 'और दिखाएँ',
  found: (count, n) => (count === 0 ? 'कुछ नहीं मिला' : `${n} संदेश`),
});
