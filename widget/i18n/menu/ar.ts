import type { TextsOf } from '../texts.ts';
import type { MenuStrings } from './en.ts';

export const strings: TextsOf<MenuStrings> = () => ({
  reply: 'رد',
  showAnswered: 'عرض الرسالة التي رُدّ عليها',
  edit: 'تعديل',
  copy: 'نسخ النص',
  copied: 'نُسخ.',
  notCopied: 'لا تسمح هذه الصفحة للدردشة بالنسخ.',
  delete: 'حذف',
  deleteAsk: 'هل تريد حذفها لدى الجميع؟',
  react: 'تفاعل',
  otherEmoji: 'رمز تعبيري آخر',
  emojiHint: 'في نظامك لوحة للرموز التعبيرية: مفتاح Windows + نقطة، أو ‎⌃⌘Space‎ على Mac.',
});
