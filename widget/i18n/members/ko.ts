import type { TextsOf } from '../texts.ts';
import type { MemberStrings } from './en.ts';

export const strings: TextsOf<MemberStrings> = () => ({
  closeMembers: '구성원 목록 닫기',
  isMuted: '발언 제한됨',
  mute: '발언 제한',
  unmute: '발언 제한 해제',
  remove: '내보내기',
  removeAsk: '정말 내보내기',
  title: '제목',
  whoWrites: '쓸 수 있는 사람',
  done: '완료했습니다.',
  meetingState: (state) => ({ open: '모두', closed: '주최자만', ended: '없음: 회의가 종료되었습니다' })[state],
});
