import type { TextsOf } from '../texts.ts';
import type { HeldStrings } from './en.ts';

export const strings: TextsOf<HeldStrings> = () => ({
  waiting: (_count, n) => `${n} mesaj onay bekliyor`,
  heldMessages: 'Bekleyen mesajlar',
  closeHeld: 'Bekleyen mesajlar listesini kapat',
  noneWaits: 'Bekleyen mesaj yok.',
  letThrough: 'Onayla',
  refuse: 'Reddet',
  wasLetThrough: 'Onaylandı.',
  wasRefused: 'Reddedildi.',
});
