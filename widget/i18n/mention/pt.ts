import type { TextsOf } from '../texts.ts';
import type { MentionStrings } from './en.ts';

export const strings: TextsOf<MentionStrings> = ({ plural }) => ({
  people: 'Pessoas que você pode mencionar',
  suggested: (count, n) => `${plural(count, { one: `${n} pessoa`, other: `${n} pessoas` })}. Escolha com as setas.`,
});
