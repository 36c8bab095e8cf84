import type { TextsOf } from '../texts.ts';
import type { SearchStrings } from './en.ts';

export const strings: TextsOf<SearchStrings> = ({ plural }) => ({
  closeSearch: 'Закрыть поиск',
  moreFound: 'Показать ещё',
  found: (count, n) =>
    count === 0
      ? 'Ничего не найдено'
      : plural(count, {
          one: `${n} сообщение`,
          few: `${n} сообщения`,
          many: `${n} сообщений`,
          other: `${n} сообщения`,
        }),
});
