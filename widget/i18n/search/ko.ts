import type { TextsOf } from '../texts.ts';
import type { SearchStrings } from './en.ts';

export const strings: TextsOf<SearchStrings> = () => ({
  closeSearch: '검색 닫기',
  moreFound: '더 보기',
  found: (count, n) => (count === 0 ? '검색 결과가 없습니다' : `메시지 ${n}개`),
});
