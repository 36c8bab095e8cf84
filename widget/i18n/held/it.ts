import type { TextsOf } from '../texts.ts';
import type { HeldStrings } from './en.ts';

export const strings: TextsOf<HeldStrings> = ({ plural }) => ({
  waiting: (count, n) =>
    plural(count, { one: '1 messaggio in attesa di approvazione', other: `${n} messaggi in attesa di approvazione` }),
  heldMessages: 'Messaggi in attesa',
  closeHeld: 'Chiudi l’elenco dei messaggi in attesa',
  noneWaits: 'Nessun messaggio in attesa.',
  letThrough: 'Approva',
  refuse: 'Rifiuta',
  wasLetThrough: 'Messaggio approvato.',
  wasRefused: 'Messaggio rifiutato.',
});
