import type { TextsOf } from '../texts.ts';
import type { SettingsStrings } from './en.ts';

export const strings: TextsOf<SettingsStrings> = () => ({
  closeSettings: '关闭设置',
  sound: '新消息提示音',
  notifications: '通知',
  notificationsHint: '当您不在此页面时',
  notificationsDenied: '您的浏览器不允许此页面发送通知。',
  notificationsMissing: '此处无法使用通知。',
  hearing: '屏幕阅读器朗读内容',
  hearAll: '所有消息',
  hearMentions: '仅提及我的',
  hearNone: '不朗读',
  textSize: '文字大小',
  small: '小',
  normal: '标准',
  large: '大',
  largest: '特大',
});
