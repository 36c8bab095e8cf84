import type { TextsOf } from '../texts.ts';
import type { MemberStrings } from './en.ts';

export const strings: TextsOf<MemberStrings> = () => ({
  closeMembers: 'إغلاق قائمة الأعضاء',
  isMuted: 'مكتوم',
  mute: 'كتم',
  unmute: 'إلغاء الكتم',
  remove: 'إزالة',
  removeAsk: 'تأكيد الإزالة',
  title: 'العنوان',
  whoWrites: 'من يمكنه الكتابة',
  done: 'تم.',
  meetingState: (state) => ({ open: 'الجميع', closed: 'المنظِّمون فقط', ended: 'لا أحد: انتهى الاجتماع' })[state],
});
