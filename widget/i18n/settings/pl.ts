import type { TextsOf } from '../texts.ts';
import type { SettingsStrings } from './en.ts';

export const strings: TextsOf<SettingsStrings> = () => ({
  closeSettings: 'Zamknij ustawienia',
  sound: 'Dźwięk nowych wiadomości',
  notifications: 'Powiadomienia',
  notificationsHint: 'Gdy nie ma Cię na tej stronie',
  notificationsDenied: 'Przeglądarka nie pozwala tej stronie na powiadomienia.',
  notificationsMissing: 'Powiadomienia nie są tu dostępne.',
  hearing: 'Co odczytują czytniki ekranu',
  hearAll: 'Wszystkie wiadomości',
  hearMentions: 'Tylko wzmianki',
  hearNone: 'Żadnych wiadomości',
  textSize: 'Rozmiar tekstu',
  small: 'Mały',
  normal: 'Normalny',
  large: 'Duży',
  largest: 'Bardzo duży',
});
