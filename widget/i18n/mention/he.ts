import type { TextsOf } from '../texts.ts';
import type { MentionStrings } from './en.ts';

export const strings: TextsOf<MentionStrings> = ({ plural }) => ({
  people: 'אנשים שאפשר לאזכר',
  suggested: (count, n) =>
    `${plural(count, { one: 'אדם אחד', two: 'שני אנשים', other: `${n} אנשים` })}. בוחרים במקשי החצים.`,
});
