import type { TextsOf } from '../texts.ts';
import type { MentionStrings } from './en.ts';

export const strings: TextsOf<MentionStrings> = ({ plural }) => ({
  people: 'Personen, die Sie erwähnen können',
  suggested: (count, n) =>
    `${plural(count, { one: `${n} Person`, other: `${n} Personen` })}. Wählen Sie mit den Pfeiltasten.`,
});
