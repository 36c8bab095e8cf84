import type { TextsOf } from '../texts.ts';
import type { SearchStrings } from './en.ts';

export const strings: TextsOf<SearchStrings> = ({ plural }) => ({
  closeSearch: 'Suche schließen',
  moreFound: 'Mehr anzeigen',
  found: (count, n) =>
    count === 0 ? 'Nichts gefunden' : plural(count, { one: `${n} Nachricht`, other: `${n} Nachrichten` }),
});
