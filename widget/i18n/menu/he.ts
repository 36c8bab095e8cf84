import type { TextsOf } from '../texts.ts';
import type { MenuStrings } from './en.ts';

export const strings: TextsOf<MenuStrings> = () => ({
  reply: 'תשובה',
  showAnswered: 'הצגת ההודעה שהשיבו עליה',
  edit: 'עריכה',
  copy: 'העתקת הטקסט',
  copied: 'הועתק.',
  notCopied: 'הדף הזה אינו מאפשר לצ׳אט להעתיק.',
  delete: 'מחיקה',
  deleteAsk: 'למחוק אצל כולם?',
  react: 'תגובה באמוג׳י',
  otherEmoji: 'אמוג׳י אחר',
  emojiHint: 'במערכת שלך יש לוח אמוג׳י: מקש Windows + נקודה, או ‎⌃⌘Space‎ ב-Mac.',
});
