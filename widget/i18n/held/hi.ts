import type { TextsOf } from '../texts.ts';
import type { HeldStrings } from './en.ts';

export const strings: TextsOf<HeldStrings> = () => ({
  waiting: (_count, n) => `${n} संदेश मंज़ूरी के इंतज़ार में`,
  heldMessages: 'मंज़ूरी के इंतज़ार में संदेश',
  closeHeld: 'इंतज़ार कर रहे संदेशों की सूची बंद करें',
  noneWaits: 'कोई संदेश इंतज़ार में नहीं है।',
  letThrough: 'मंज़ूर करें',
  refuse: 'अस्वीकार करें',
  wasLetThrough: 'मंज़ूर किया गया।',
  wasRefused: 'अस्वीकार किया गया।',
});
