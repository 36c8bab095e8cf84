import type { TextsOf } from '../texts.ts';
import type { SearchStrings } from './en.ts';

export const strings: TextsOf<SearchStrings> = ({ plural }) => ({
  closeSearch: 'Fechar a pesquisa',
  moreFound: 'Mostrar mais',
  found: (count, n) =>
    count === 0 ? 'Nada encontrado' : plural(count, { one: `${n} mensagem`, other: `${n} mensagens` }),
});
