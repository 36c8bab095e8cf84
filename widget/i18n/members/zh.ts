import type { TextsOf } from '../texts.ts';
import type { MemberStrings } from './en.ts';

export const strings: TextsOf<MemberStrings> = () => ({
  closeMembers: '关闭成员列表',
  isMuted: '已禁言',
  mute: '禁言',
  unmute: '解除禁言',
  remove: '移出',
  removeAsk: '确认移出',
  title: '标题',
  whoWrites: '谁可以发言',
  done: '已完成。',
  meetingState: (state) => ({ open: '所有人', closed: '仅组织者', ended: '无人：会议已结束' })[state],
});
