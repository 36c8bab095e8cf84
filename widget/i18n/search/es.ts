import type { TextsOf } from '../texts.ts';
import type { SearchStrings } from './en.ts';

export const strings: TextsOf<SearchStrings> = ({ plural }) => ({
  closeSearch: 'Cerrar la búsqueda',
  moreFound: 'Mostrar más',
  found: (count, n) =>
    count === 0 ? 'Sin resultados' : plural(count, { one: `${n} mensaje`, other: `${n} mensajes` }),
});
