import type { TextsOf } from '../texts.ts';
import type { MemberStrings } from './en.ts';

export const strings: TextsOf<MemberStrings> = () => ({
  closeMembers: 'Chiudi l’elenco dei membri',
  isMuted: 'senza parola',
  mute: 'Togli la parola',
  unmute: 'Ridai la parola',
  remove: 'Rimuovi',
  removeAsk: 'Conferma rimozione',
  title: 'Titolo',
  whoWrites: 'Chi può scrivere',
  done: 'Fatto.',
  meetingState: (state) =>
    ({ open: 'Tutti', closed: 'Solo l’organizzazione', ended: 'Nessuno: la riunione è terminata' })[state],
});
