import type { TextsOf } from '../texts.ts';
import type { MemberStrings } from './en.ts';

export const strings: TextsOf<MemberStrings> = () => ({
  closeMembers: 'Ledenlijst sluiten',
  isOnline: 'Online',
  isOffline: 'Offline',
  isMuted: 'gedempt',
  mute: 'Dempen',
  unmute: 'Niet meer dempen',
  remove: 'Verwijderen',
  removeAsk: 'Echt verwijderen',
  title: 'Titel',
  whoWrites: 'Wie kan schrijven',
  done: 'Klaar.',
  lastSeen: (moment) => `Laatst gezien: ${moment}`,
  meetingState: (state) =>
    ({ open: 'Iedereen', closed: 'Alleen organisatoren', ended: 'Niemand: de vergadering is afgelopen' })[state],
});
