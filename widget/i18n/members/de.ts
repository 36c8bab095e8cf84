import type { TextsOf } from '../texts.ts';
import type { MemberStrings } from './en.ts';

export const strings: TextsOf<MemberStrings> = () => ({
  closeMembers: 'Mitgliederliste schließen',
  isMuted: 'stummgeschaltet',
  mute: 'Stummschalten',
  unmute: 'Stummschaltung aufheben',
  remove: 'Entfernen',
  removeAsk: 'Wirklich entfernen',
  title: 'Titel',
  whoWrites: 'Wer schreiben darf',
  done: 'Erledigt.',
  meetingState: (state) =>
    ({ open: 'Alle', closed: 'Nur die Organisation', ended: 'Niemand: Die Besprechung ist beendet' })[state],
});
