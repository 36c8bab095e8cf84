import type { TextsOf } from '../texts.ts';
import type { SettingsStrings } from './en.ts';

export const strings: TextsOf<SettingsStrings> = () => ({
  closeSettings: 'Chiudi le impostazioni',
  sound: 'Suono per i nuovi messaggi',
  notifications: 'Notifiche',
  notificationsHint: 'Quando non sei in questa pagina',
  notificationsDenied: 'Il browser non consente notifiche da questa pagina.',
  notificationsMissing: 'Qui le notifiche non sono disponibili.',
  hearing: 'Cosa leggono gli screen reader',
  hearAll: 'Tutti i messaggi',
  hearMentions: 'Solo le menzioni',
  hearNone: 'Nessun messaggio',
  textSize: 'Dimensione del testo',
  small: 'Piccolo',
  normal: 'Normale',
  large: 'Grande',
  largest: 'Molto grande',
});
