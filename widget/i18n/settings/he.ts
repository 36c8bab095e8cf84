import type { TextsOf } from '../texts.ts';
import type { SettingsStrings } from './en.ts';

export const strings: TextsOf<SettingsStrings> = () => ({
  closeSettings: 'סגירת ההגדרות',
  sound: 'צליל בהודעות חדשות',
  notifications: 'התראות',
  notificationsHint: 'כשאינך בדף הזה',
  notificationsDenied: 'הדפדפן אינו מרשה התראות מהדף הזה.',
  notificationsMissing: 'אין כאן התראות.',
  hearing: 'מה קוראי מסך מקריאים',
  hearAll: 'כל ההודעות',
  hearMentions: 'אזכורים בלבד',
  hearNone: 'בלי הודעות',
  textSize: 'גודל הטקסט',
  small: 'קטן',
  normal: 'רגיל',
  large: 'גדול',
  largest: 'גדול מאוד',
});
