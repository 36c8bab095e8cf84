import type { TextsOf } from '../texts.ts';
import type { SearchStrings } from './en.ts';

export const strings: TextsOf<SearchStrings> = ({ plural }) => ({
  closeSearch: 'Chiudi la ricerca',
  moreFound: 'Mostra altri',
  found: (count, n) =>
    count === 0 ? 'Nessun risultato' : plural(count, { one: `${n} messaggio`, other: `${n} messaggi` }),
});
