import type { TextsOf } from '../texts.ts';
import type { MemberStrings } from './en.ts';

export const strings: TextsOf<MemberStrings> = () => ({
  closeMembers: 'Fermer la liste des membres',
  isMuted: 'sans la parole',
  mute: 'Retirer la parole',
  unmute: 'Rendre la parole',
  remove: 'Retirer',
  removeAsk: 'Confirmer le retrait',
  title: 'Titre',
  whoWrites: 'Qui peut écrire',
  done: 'C’est fait.',
  meetingState: (state) =>
    ({ open: 'Tout le monde', closed: 'L’organisation seulement', ended: 'Personne : la réunion est terminée' })[state],
});
