import type { TextsOf } from '../texts.ts';
import type { SettingsStrings } from './en.ts';

export const strings: TextsOf<SettingsStrings> = () => ({
  closeSettings: 'Fermer les paramètres',
  sound: 'Son aux nouveaux messages',
  notifications: 'Notifications',
  notificationsHint: 'Quand vous n’êtes pas sur cette page',
  notificationsDenied: 'Votre navigateur n’autorise pas les notifications de cette page.',
  notificationsMissing: 'Les notifications ne sont pas disponibles ici.',
  hearing: 'Ce que lisent les lecteurs d’écran',
  hearAll: 'Tous les messages',
  hearMentions: 'Mentions uniquement',
  hearNone: 'Aucun message',
  textSize: 'Taille du texte',
  small: 'Petite',
  normal: 'Normale',
  large: 'Grande',
  largest: 'Très grande',
});
