import type { TextsOf } from '../texts.ts';
import type { HeldStrings } from './en.ts';

export const strings: TextsOf<HeldStrings> = ({ plural }) => ({
  waiting: (count, n) =>
    plural(count, {
      zero: 'لا رسائل بانتظار الموافقة',
      one: 'رسالة واحدة بانتظار الموافقة',
      two: 'رسالتان بانتظار الموافقة',
      few: `${n} رسائل بانتظار الموافقة`,
      many: `${n} رسالة بانتظار الموافقة`,
      other: `${n} رسالة بانتظار الموافقة`,
    }),
  heldMessages: 'رسائل بانتظار الموافقة',
  closeHeld: 'إغلاق قائمة الرسائل المنتظِرة',
  noneWaits: 'لا توجد رسائل منتظِرة.',
  letThrough: 'موافقة',
  refuse: 'رفض',
  wasLetThrough: 'تمت الموافقة.',
  wasRefused: 'تم الرفض.',
});
