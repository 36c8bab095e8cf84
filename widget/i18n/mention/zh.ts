import type { TextsOf } from '../texts.ts';
import type { MentionStrings } from './en.ts';

export const strings: TextsOf<MentionStrings> = () => ({
  people: '可提及的人',
  suggested: (_count, n) => `${n} 人，用方向键选择。`,
});
