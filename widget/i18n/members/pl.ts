import type { TextsOf } from '../texts.ts';
import type { MemberStrings } from './en.ts';

export const strings: TextsOf<MemberStrings> = () => ({
  closeMembers: 'Zamknij listę członków',
  isOnline: 'Online',
  isOffline: 'Offline',
  isMuted: 'wyciszenie',
  mute: 'Wycisz',
  unmute: 'Wyłącz wyciszenie',
  remove: 'Usuń',
  removeAsk: 'Na pewno usuń',
  title: 'Tytuł',
  whoWrites: 'Kto może pisać',
  done: 'Gotowe.',
  lastSeen: (moment) => `Ostatnia aktywność: ${moment}`,
  meetingState: (state) =>
    ({ open: 'Wszyscy', closed: 'Tylko organizatorzy', ended: 'Nikt: spotkanie się zakończyło' })[state],
});
