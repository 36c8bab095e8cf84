import type { TextsOf } from '../texts.ts';
import type { HeldStrings } from './en.ts';

export const strings: TextsOf<HeldStrings> = ({ plural }) => ({
  waiting: (count, n) =>
    plural(count, {
      one: 'הודעה אחת ממתינה לאישור',
      two: 'שתי הודעות ממתינות לאישור',
      other: `${n} הודעות ממתינות לאישור`,
    }),
  heldMessages: 'הודעות ממתינות',
  closeHeld: 'סגירת רשימת ההודעות הממתינות',
  noneWaits: 'אין הודעות ממתינות.',
  letThrough: 'אישור',
  refuse: 'דחייה',
  wasLetThrough: 'ההודעה אושרה.',
  wasRefused: 'ההודעה נדחתה.',
});
