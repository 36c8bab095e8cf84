import type { TextsOf } from '../texts.ts';
import type { SearchStrings } from './en.ts';

export const strings: TextsOf<SearchStrings> = ({ plural }) => ({
  closeSearch: 'Zamknij wyszukiwanie',
  moreFound: 'Pokaż więcej',
  found: (count, n) =>
    count === 0
      ? 'Nic nie znaleziono'
      : plural(count, {
          one: `${n} wiadomość`,
          few: `${n} wiadomości`,
          many: `${n} wiadomości`,
          other: `${n} wiadomości`,
        }),
});
