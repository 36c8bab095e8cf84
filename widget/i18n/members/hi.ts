import type { TextsOf } from '../texts.ts';
import type { MemberStrings } from './en.ts';

export const strings: TextsOf<MemberStrings> = () => ({
  closeMembers: 'सदस्यों की सूची बंद करें',
  isMuted: 'म्यूट',
  mute: 'म्यूट करें',
  unmute: 'अनम्यूट करें',
  remove: 'निकालें',
  removeAsk: 'सचमुच निकालें',
  title: 'शीर्षक',
  whoWrites: 'कौन लिख सकता है',
  done: 'हो गया।',
  meetingState: (state) => ({ open: 'सभी', closed: 'केवल आयोजक', ended: 'कोई नहीं: मीटिंग समाप्त हो गई है' })[state],
});
