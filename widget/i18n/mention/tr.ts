import type { TextsOf } from '../texts.ts';
import type { MentionStrings } from './en.ts';

export const strings: TextsOf<MentionStrings> = () => ({
  people: 'Bahsedebileceğiniz kişiler',
  suggested: (_count, n) => `${n} kişi. Ok tuşlarıyla seçin.`,
});
