import type { TextsOf } from '../texts.ts';
import type { SearchStrings } from './en.ts';

export const strings: TextsOf<SearchStrings> = () => ({
  closeSearch: 'Aramayı kapat',
  moreFound: 'Daha fazla göster',
  found: (count, n) => (count === 0 ? 'Sonuç yok' : `${n} mesaj`),
});
