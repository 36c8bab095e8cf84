import type { TextsOf } from '../texts.ts';
import type { HeldStrings } from './en.ts';

export const strings: TextsOf<HeldStrings> = () => ({
  waiting: (_count, n) => `${n} 条消息等待批准`,
  heldMessages: '待批准的消息',
  closeHeld: '关闭待批准消息列表',
  noneWaits: '没有待批准的消息。',
  letThrough: '批准',
  refuse: '拒绝',
  wasLetThrough: '已批准。',
  wasRefused: '已拒绝。',
});
