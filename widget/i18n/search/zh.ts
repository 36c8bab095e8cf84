import type { TextsOf } from '../texts.ts';
import type { SearchStrings } from './en.ts';

export const strings: TextsOf<SearchStrings> = () => ({
  closeSearch: '关闭搜索',
  moreFound: '显示更多',
  found: (count, n) => (count === 0 ? '未找到消息' : `${n} 条消息`),
});
