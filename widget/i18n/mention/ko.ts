import type { TextsOf } from '../texts.ts';
import type { MentionStrings } from './en.ts';

export const strings: TextsOf<MentionStrings> = () => ({
  people: '언급할 수 있는 사람',
  suggested: (_count, n) => `${n}명. 화살표 키로 선택하세요.`,
});
