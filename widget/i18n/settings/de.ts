import type { TextsOf } from '../texts.ts';
import type { SettingsStrings } from './en.ts';

export const strings: TextsOf<SettingsStrings> = () => ({
  closeSettings: 'Einstellungen schließen',
  sound: 'Ton bei neuen Nachrichten',
  notifications: 'Benachrichtigungen',
  notificationsHint: 'Wenn Sie gerade nicht auf dieser Seite sind',
  notificationsDenied: 'Ihr Browser erlaubt dieser Seite keine Benachrichtigungen.',
  notificationsMissing: 'Benachrichtigungen gibt es hier nicht.',
  hearing: 'Was Screenreader vorlesen',
  hearAll: 'Alle Nachrichten',
  hearMentions: 'Nur Erwähnungen',
  hearNone: 'Keine Nachrichten',
  textSize: 'Textgröße',
  small: 'Klein',
  normal: 'Normal',
  large: 'Groß',
  largest: 'Sehr groß',
});
