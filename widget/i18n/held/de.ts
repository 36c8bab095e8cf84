import type { TextsOf } from '../texts.ts';
import type { HeldStrings } from './en.ts';

export const strings: TextsOf<HeldStrings> = ({ plural }) => ({
  waiting: (count, n) =>
    plural(count, { one: '1 Nachricht wartet auf Freigabe', other: `${n} Nachrichten warten auf Freigabe` }),
  heldMessages: 'Wartende Nachrichten',
  closeHeld: 'Liste der wartenden Nachrichten schließen',
  noneWaits: 'Keine Nachricht wartet.',
  letThrough: 'Freigeben',
  refuse: 'Ablehnen',
  wasLetThrough: 'Freigegeben.',
  wasRefused: 'Abgelehnt.',
});
