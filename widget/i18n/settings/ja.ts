import type { TextsOf } from '../texts.ts';
import type { SettingsStrings } from './en.ts';

export const strings: TextsOf<SettingsStrings> = () => ({
  closeSettings: '設定を閉じる',
  sound: '新しいメッセージで音を鳴らす',
  notifications: '通知',
  notificationsHint: 'このページを見ていないとき',
  notificationsDenied: 'ブラウザーがこのページの通知を許可していません。',
  notificationsMissing: 'ここでは通知を利用できません。',
  hearing: 'スクリーンリーダーの読み上げ',
  hearAll: 'すべてのメッセージ',
  hearMentions: 'メンションのみ',
  hearNone: '読み上げない',
  textSize: '文字の大きさ',
  small: '小',
  normal: '標準',
  large: '大',
  largest: '特大',
});
