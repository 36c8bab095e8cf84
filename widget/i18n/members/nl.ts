import type { TextsOf } from '../texts.ts';
import type { MemberStrings } from './en.ts';

export const strings: TextsOf<MemberStrings> = () => ({
  closeMembers: 'Ledenlijst sluiten',
  isMuted: 'gedempt',
  mute: 'Dempen',
  unmute: 'Niet meer dempen',
  remove: 'Verwijderen',
  removeAsk: 'Echt verwijderen',
  title: 'Titel',
  whoWrites: 'Wie kan schrijven',
  done: 'Klaar.',
  meetingState: (state) =>
    ({ open: 'Iedereen', closed: 'Alleen organisatoren', ended: 'Niemand: de vergadering is afgelopen' })[state],
});
