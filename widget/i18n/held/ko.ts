import type { TextsOf } from '../texts.ts';
import type { HeldStrings } from './en.ts';

export const strings: TextsOf<HeldStrings> = () => ({
  waiting: (_count, n) => `메시지 ${n}개가 승인을 기다립니다`,
  heldMessages: '승인 대기 중인 메시지',
  closeHeld: '승인 대기 목록 닫기',
  noneWaits: '승인을 기다리는 메시지가 없습니다.',
  letThrough: '승인',
  refuse: '거부',
  wasLetThrough: '승인했습니다.',
  wasRefused: '거부했습니다.',
});
