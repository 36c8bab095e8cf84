import type { TextsOf } from '../texts.ts';
import type { MentionStrings } from './en.ts';

export const strings: TextsOf<MentionStrings> = () => ({
  people: 'メンションできる人',
  suggested: (_count, n) => `${n}人。矢印キーで選びます。`,
});
