import type { TextsOf } from '../texts.ts';
import type { SearchStrings } from './en.ts';

export const strings: TextsOf<SearchStrings> = ({ plural }) => ({
  closeSearch: 'Zoeken sluiten',
  moreFound: 'Meer tonen',
  found: (count, n) =>
    count === 0 ? 'Niets gevonden' : plural(count, { one: `${n} bericht`, other: `${n} berichten` }),
});
