import type { TextsOf } from '../texts.ts';
import type { SettingsStrings } from './en.ts';

export const strings: TextsOf<SettingsStrings> = () => ({
  closeSettings: 'Ayarları kapat',
  sound: 'Yeni mesajlarda ses',
  notifications: 'Bildirimler',
  notificationsHint: 'Bu sayfada değilken',
  notificationsDenied: 'Tarayıcınız bu sayfanın bildirimlerine izin vermiyor.',
  notificationsMissing: 'Bildirimler burada kullanılamıyor.',
  hearing: 'Ekran okuyucunun okudukları',
  hearAll: 'Tüm mesajlar',
  hearMentions: 'Yalnızca bahsetmeler',
  hearNone: 'Hiçbir mesaj',
  textSize: 'Metin boyutu',
  small: 'Küçük',
  normal: 'Normal',
  large: 'Büyük',
  largest: 'Çok büyük',
});
