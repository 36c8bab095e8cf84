import type { TextsOf } from '../texts.ts';
import type { SearchStrings } from './en.ts';

export const strings: TextsOf<SearchStrings> = ({ plural }) => ({
  closeSearch: 'إغلاق البحث',
  moreFound: 'عرض المزيد',
  found: (count, n) =>
    plural(count, {
      zero: 'لا توجد نتائج',
      one: 'رسالة واحدة',
      two: 'رسالتان',
      few: `${n} رسائل`,
      many: `${n} رسالة`,
      other: `${n} رسالة`,
    }),
});
