import type { TextsOf } from '../texts.ts';
import type { MentionStrings } from './en.ts';

export const strings: TextsOf<MentionStrings> = ({ plural }) => ({
  people: 'जिनका उल्लेख कर सकते हैं',
  suggested: (count, n) => `${plural(count, { one: `${n} व्यक्ति`, other: `${n} लोग` })}। तीर कुंजियों से चुनें।`,
});
