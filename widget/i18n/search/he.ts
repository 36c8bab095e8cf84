import type { TextsOf } from '../texts.ts';
import type { SearchStrings } from './en.ts';

export const strings: TextsOf<SearchStrings> = ({ plural }) => ({
  closeSearch: 'סגירת החיפוש',
  moreFound: 'הצגת תוצאות נוספות',
  found: (count, n) =>
    count === 0 ? 'לא נמצא דבר' : plural(count, { one: 'הודעה אחת', two: 'שתי הודעות', other: `${n} הודעות` }),
});
