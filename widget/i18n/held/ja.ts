import type { TextsOf } from '../texts.ts';
import type { HeldStrings } from './en.ts';

export const strings: TextsOf<HeldStrings> = () => ({
  waiting: (_count, n) => `${n}件のメッセージが承認待ちです`,
  heldMessages: '承認待ちのメッセージ',
  closeHeld: '承認待ちの一覧を閉じる',
  noneWaits: '承認待ちのメッセージはありません。',
  letThrough: '承認',
  refuse: '却下',
  wasLetThrough: '承認しました。',
  wasRefused: '却下しました。',
});
