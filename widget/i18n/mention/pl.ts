import type { TextsOf } from '../texts.ts';
import type { MentionStrings } from './en.ts';

export const strings: TextsOf<MentionStrings> = ({ plural }) => ({
  people: 'Osoby, o których można wspomnieć',
  suggested: (count, n) =>
    `${plural(count, { one: `${n} osoba`, few: `${n} osoby`, many: `${n} osób`, other: `${n} osoby` })}. Wybierz klawiszami strzałek.`,
});
