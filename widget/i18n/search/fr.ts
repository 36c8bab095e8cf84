import type { TextsOf } from '../texts.ts';
import type { SearchStrings } from './en.ts';

export const strings: TextsOf<SearchStrings> = ({ plural }) => ({
  closeSearch: 'Fermer la recherche',
  moreFound: 'Afficher plus',
  found: (count, n) =>
    count === 0 ? 'Aucun résultat' : plural(count, { one: `${n} message`, other: `${n} messages` }),
});
