import type { TextsOf } from '../texts.ts';
import type { MenuStrings } from './en.ts';

export const strings: TextsOf<MenuStrings> = () => ({
  reply: '답장',
  showAnswered: '답장한 원래 메시지 보기',
  edit: '수정',
  copy: '텍스트 복사',
  copied: '복사했습니다.',
  notCopied: '이 페이지에서는 채팅이 복사할 수 없습니다.',
  delete: '삭제',
  deleteAsk: '모두에게서 삭제할까요?',
  react: '반응',
  otherEmoji: '다른 이모지',
  emojiHint: '시스템의 이모지 선택기를 쓸 수 있습니다. Windows 키 + 마침표, Mac에서는 ⌃⌘Space.',
});
