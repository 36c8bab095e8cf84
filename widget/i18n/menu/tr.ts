import type { TextsOf } from '../texts.ts';
import type { MenuStrings } from './en.ts';

export const strings: TextsOf<MenuStrings> = () => ({
  reply: 'Yanıtla',
  showAnswered: 'Yanıtlanan mesajı göster',
  edit: 'Düzenle',
  copy: 'Metni kopyala',
  copied: 'Kopyalandı.',
  notCopied: 'Bu sayfa sohbetin kopyalamasına izin vermiyor.',
  delete: 'Sil',
  deleteAsk: 'Herkes için silinsin mi?',
  react: 'Tepki ver',
  otherEmoji: 'Başka bir emoji',
  emojiHint: 'Sisteminizde bir seçici var: Windows tuşu + nokta, Mac’te ⌃⌘Boşluk.',
});
