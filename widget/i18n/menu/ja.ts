import type { TextsOf } from '../texts.ts';
import type { MenuStrings } from './en.ts';

export const strings: TextsOf<MenuStrings> = () => ({
  reply: '返信',
  showAnswered: '返信元のメッセージを表示',
  edit: '編集',
  copy: 'テキストをコピー',
  copied: 'コピーしました。',
  notCopied: 'このページではチャットからコピーできません。',
  delete: '削除',
  deleteAsk: '全員から削除しますか？',
  react: 'リアクション',
  otherEmoji: 'ほかの絵文字',
  emojiHint: 'システムの絵文字パネルを使えます：Windows キー + ピリオド、Mac では ⌃⌘Space。',
});
