import type { TextsOf } from '../texts.ts';
import type { MentionStrings } from './en.ts';

export const strings: TextsOf<MentionStrings> = ({ plural }) => ({
  people: 'أشخاص يمكن الإشارة إليهم',
  suggested: (count, n) =>
    `${plural(count, { zero: 'لا أحد', one: 'شخص واحد', two: 'شخصان', few: `${n} أشخاص`, many: `${n} شخصًا`, other: `${n} شخص` })}. اختر بمفاتيح الأسهم.`,
});
