import type { TextsOf } from '../texts.ts';
import type { ConversationStrings } from './en.ts';

export const strings: TextsOf<ConversationStrings> = () => ({
  conversations: '会話',
  everyone: '会議の全員',
  group: 'グループ',
  isPrivate: '非公開',
  isOnline: 'オンライン',
  isOffline: 'オフライン',
  lastSeen: (moment) => `最終オンライン：${moment}`,
  writePrivately: '個人メッセージを送る',
  writeTo: (name) => `${name}さんへの個人メッセージ`,
  writeIn: (title) => `${title}へのメッセージ`,
  privatelyTo: (name) => `非公開、${name}さん宛て`,
  onlyBoth: (name) => `ここに書いた内容は、あなたと${name}さんだけに見えます。`,
  groupHint: 'ここに書いた内容は、このグループの全員に見えます。',
  saidPrivately: (name, text) => `${name}さんからの個人メッセージ: ${text}`,
  saidIn: (title, name, text) => `${title}の${name}さん: ${text}`,
  privateOff: '主催者が個人メッセージをオフにしました。',
  notTaken: (name) => `${name}さんには今、個人メッセージを送れません。`,
  conversationOver: (title) => `会話「${title}」は閉じられました。`,
});
