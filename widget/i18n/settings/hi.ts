import type { TextsOf } from '../texts.ts';
import type { SettingsStrings } from './en.ts';

export const strings: TextsOf<SettingsStrings> = () => ({
  closeSettings: 'सेटिंग बंद करें',
  sound: 'नए संदेशों पर ध्वनि',
  notifications: 'सूचनाएँ',
  notificationsHint: 'जब आप इस पेज पर न हों',
  notificationsDenied: 'आपका ब्राउज़र इस पेज की सूचनाओं की अनुमति नहीं देता।',
  notificationsMissing: 'यहाँ सूचनाएँ उपलब्ध नहीं हैं।',
  hearing: 'स्क्रीन रीडर क्या पढ़े',
  hearAll: 'सभी संदेश',
  hearMentions: 'केवल उल्लेख',
  hearNone: 'कोई संदेश नहीं',
  textSize: 'टेक्स्ट का आकार',
  small: 'छोटा',
  normal: 'सामान्य',
  large: 'बड़ा',
  largest: 'सबसे बड़ा',
});
