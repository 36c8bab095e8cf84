import type { TextsOf } from '../texts.ts';
import type { SettingsStrings } from './en.ts';

export const strings: TextsOf<SettingsStrings> = () => ({
  closeSettings: 'Instellingen sluiten',
  sound: 'Geluid bij nieuwe berichten',
  notifications: 'Meldingen',
  notificationsHint: 'Als je niet op deze pagina bent',
  notificationsDenied: 'Je browser staat geen meldingen van deze pagina toe.',
  notificationsMissing: 'Meldingen zijn hier niet beschikbaar.',
  hearing: 'Wat schermlezers voorlezen',
  hearAll: 'Alle berichten',
  hearMentions: 'Alleen vermeldingen',
  hearNone: 'Geen berichten',
  textSize: 'Tekstgrootte',
  small: 'Klein',
  normal: 'Normaal',
  large: 'Groot',
  largest: 'Heel groot',
});
