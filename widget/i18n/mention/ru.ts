import type { TextsOf } from '../texts.ts';
import type { MentionStrings } from './en.ts';

export const strings: TextsOf<MentionStrings> = ({ plural }) => ({
  people: 'Кого можно упомянуть',
  suggested: (count, n) =>
    `${plural(count, { one: `${n} человек`, few: `${n} человека`, many: `${n} человек`, other: `${n} человека` })}. Выбирайте клавишами со стрелками.`,
});
