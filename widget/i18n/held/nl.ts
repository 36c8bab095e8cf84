import type { TextsOf } from '../texts.ts';
import type { HeldStrings } from './en.ts';

export const strings: TextsOf<HeldStrings> = ({ plural }) => ({
  waiting: (count, n) =>
    plural(count, { one: '1 bericht wacht op goedkeuring', other: `${n} berichten wachten op goedkeuring` }),
  heldMessages: 'Wachtende berichten',
  closeHeld: 'Lijst met wachtende berichten sluiten',
  noneWaits: 'Er wacht geen bericht.',
  letThrough: 'Goedkeuren',
  refuse: 'Weigeren',
  wasLetThrough: 'Goedgekeurd.',
  wasRefused: 'Geweigerd.',
});
