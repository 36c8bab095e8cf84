import type { TextsOf } from '../texts.ts';
import type { HeldStrings } from './en.ts';

export const strings: TextsOf<HeldStrings> = ({ plural }) => ({
  waiting: (count, n) =>
    plural(count, { one: `${n} message en attente d’approbation`, other: `${n} messages en attente d’approbation` }),
  heldMessages: 'Messages en attente',
  closeHeld: 'Fermer la liste des messages en attente',
  noneWaits: 'Aucun message en attente.',
  letThrough: 'Approuver',
  refuse: 'Refuser',
  wasLetThrough: 'Message approuvé.',
  wasRefused: 'Message refusé.',
});
