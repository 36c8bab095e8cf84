import type { TextsOf } from '../texts.ts';
import type { MentionStrings } from './en.ts';

export const strings: TextsOf<MentionStrings> = ({ plural }) => ({
  people: 'Personnes à mentionner',
  suggested: (count, n) =>
    `${plural(count, { one: `${n} personne`, other: `${n} personnes` })}. Choisissez avec les flèches.`,
});
