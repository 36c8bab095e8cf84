import type { TextsOf } from '../texts.ts';
import type { MentionStrings } from './en.ts';

export const strings: TextsOf<MentionStrings> = ({ plural }) => ({
  people: 'Personas que puedes mencionar',
  suggested: (count, n) => `${plural(count, { one: `${n} persona`, other: `${n} personas` })}. Elige con las flechas.`,
});
