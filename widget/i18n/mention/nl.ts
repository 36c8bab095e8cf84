import type { TextsOf } from '../texts.ts';
import type { MentionStrings } from './en.ts';

export const strings: TextsOf<MentionStrings> = ({ plural }) => ({
  people: 'Mensen die je kunt noemen',
  suggested: (count, n) =>
    `${plural(count, { one: `${n} persoon`, other: `${n} personen` })}. Kies met de pijltoetsen.`,
});
