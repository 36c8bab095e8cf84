import type { TextsOf } from '../texts.ts';
import type { MemberStrings } from './en.ts';

export const strings: TextsOf<MemberStrings> = () => ({
  closeMembers: 'סגירת רשימת המשתתפים',
  isMuted: 'בהשתקה',
  mute: 'השתקה',
  unmute: 'ביטול ההשתקה',
  remove: 'הסרה',
  removeAsk: 'אישור ההסרה',
  title: 'כותרת',
  whoWrites: 'מי יכול לכתוב',
  done: 'בוצע.',
  meetingState: (state) => ({ open: 'כולם', closed: 'מארגנים בלבד', ended: 'אף אחד: הפגישה הסתיימה' })[state],
});
