import type { TextsOf } from '../texts.ts';
import type { HeldStrings } from './en.ts';

export const strings: TextsOf<HeldStrings> = ({ plural }) => ({
  waiting: (count, n) =>
    plural(count, {
      one: `${n} wiadomość czeka na zatwierdzenie`,
      few: `${n} wiadomości czekają na zatwierdzenie`,
      other: `${n} wiadomości czeka na zatwierdzenie`,
    }),
  heldMessages: 'Oczekujące wiadomości',
  closeHeld: 'Zamknij listę oczekujących wiadomości',
  noneWaits: 'Żadna wiadomość nie czeka.',
  letThrough: 'Zatwierdź',
  refuse: 'Odrzuć',
  wasLetThrough: 'Zatwierdzono.',
  wasRefused: 'Odrzucono.',
});
