import type { TextsOf } from '../texts.ts';
import type { MemberStrings } from './en.ts';

export const strings: TextsOf<MemberStrings> = () => ({
  closeMembers: 'メンバー一覧を閉じる',
  isMuted: '発言制限中',
  mute: '発言を制限',
  unmute: '発言制限を解除',
  remove: '退出させる',
  removeAsk: '本当に退出させる',
  title: 'タイトル',
  whoWrites: '書き込める人',
  done: '完了しました。',
  meetingState: (state) => ({ open: '全員', closed: '主催者のみ', ended: 'なし（会議は終了しました）' })[state],
});
