import type { TextsOf } from '../texts.ts';
import type { MentionStrings } from './en.ts';

export const strings: TextsOf<MentionStrings> = ({ plural }) => ({
  people: 'Persone da menzionare',
  suggested: (count, n) => `${plural(count, { one: `${n} persona`, other: `${n} persone` })}. Scegli con le frecce.`,
});
