import type { TextsOf } from '../texts.ts';
import type { SettingsStrings } from './en.ts';

export const strings: TextsOf<SettingsStrings> = () => ({
  closeSettings: 'Закрыть настройки',
  sound: 'Звук новых сообщений',
  notifications: 'Уведомления',
  notificationsHint: 'Когда вы не на этой странице',
  notificationsDenied: 'Браузер не разрешает уведомления с этой страницы.',
  notificationsMissing: 'Уведомления здесь недоступны.',
  hearing: 'Что читают экранные дикторы',
  hearAll: 'Все сообщения',
  hearMentions: 'Только упоминания',
  hearNone: 'Ничего',
  textSize: 'Размер текста',
  small: 'Мелкий',
  normal: 'Обычный',
  large: 'Крупный',
  largest: 'Очень крупный',
});
