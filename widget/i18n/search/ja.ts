import type { TextsOf } from '../texts.ts';
import type { SearchStrings } from './en.ts';

export const strings: TextsOf<SearchStrings> = () => ({
  closeSearch: '検索を閉じる',
  moreFound: 'さらに表示',
  found: (count, n) => (count === 0 ? '見つかりませんでした' : `${n}件のメッセージ`),
});
