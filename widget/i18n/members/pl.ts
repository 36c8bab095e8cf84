import type { TextsOf } from '../texts.ts';
import type { MemberStrings } from './en.ts';

export const strings: TextsOf<MemberStrings> = () => ({
  closeMembers: 'Zamknij listę członków',
  isMuted: 'wyciszenie',
  mute: 'Wycisz',
  unmute: 'Wyłącz wyciszenie',
  remove: 'Usuń',
  removeAsk: 'Na pewno usuń',
  title: 'Tytuł',
  whoWrites: 'Kto może pisać',
  done: 'Gotowe.',
  meetingState: (state) =>
    ({ open: 'Wszyscy', closed: 'Tylko organizatorzy', ended: 'Nikt: spotkanie się zakończyło' })[state],
});
