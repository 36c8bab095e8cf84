import type { TextsOf } from '../texts.ts';
import type { SettingsStrings } from './en.ts';

export const strings: TextsOf<SettingsStrings> = () => ({
  closeSettings: 'إغلاق الإعدادات',
  sound: 'صوت عند وصول رسائل',
  notifications: 'إشعارات',
  notificationsHint: 'عندما لا تكون في هذه الصفحة',
  notificationsDenied: 'متصفحك لا يسمح لهذه الصفحة بالإشعارات.',
  notificationsMissing: 'لا تتوفر الإشعارات هنا.',
  hearing: 'ما يقرؤه قارئ الشاشة',
  hearAll: 'كل الرسائل',
  hearMentions: 'الإشارات إليك فقط',
  hearNone: 'لا رسائل',
  textSize: 'حجم النص',
  small: 'صغير',
  normal: 'عادي',
  large: 'كبير',
  largest: 'الأكبر',
});
