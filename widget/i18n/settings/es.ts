import type { TextsOf } from '../texts.ts';
import type { SettingsStrings } from './en.ts';

export const strings: TextsOf<SettingsStrings> = () => ({
  closeSettings: 'Cerrar los ajustes',
  sound: 'Sonido con mensajes nuevos',
  notifications: 'Notificaciones',
  notificationsHint: 'Cuando no estás en esta página',
  notificationsDenied: 'Tu navegador no permite notificaciones de esta página.',
  notificationsMissing: 'Aquí no hay notificaciones.',
  hearing: 'Qué leen los lectores de pantalla',
  hearAll: 'Todos los mensajes',
  hearMentions: 'Solo menciones',
  hearNone: 'Ningún mensaje',
  textSize: 'Tamaño del texto',
  small: 'Pequeño',
  normal: 'Normal',
  large: 'Grande',
  largest: 'Muy grande',
});
