import type { TextsOf } from '../texts.ts';
import type { MemberStrings } from './en.ts';

export const strings: TextsOf<MemberStrings> = () => ({
  closeMembers: 'סגירת רשימת המשתתפים',
  isOnline: 'בחיבור',
  isOffline: 'לא בחיבור',
  isMuted: 'בהשתקה',
  mute: 'השתקה',
  unmute: 'ביטול ההשתקה',
  remove: 'הסרה',
  removeAsk: 'אישור ההסרה',
  title: 'כותרת',
  whoWrites: 'מי יכול לכתוב',
  done: 'בוצע.',
  lastSeen: (moment) => `נראה לאחרונה: ${moment}`,
  meetingState: (state) => ({ open: 'כולם', closed: 'מארגנים בלבד', ended: 'אף אחד: הפגישה הסתיימה' })[state],
});
