import type { TextsOf } from '../texts.ts';
import type { ConversationStrings } from './en.ts';

export const strings: TextsOf<ConversationStrings> = () => ({
  conversations: '대화',
  everyone: '회의의 모든 사람',
  group: '그룹',
  isPrivate: '비공개',
  isOnline: '온라인',
  isOffline: '오프라인',
  lastSeen: (moment) => `마지막 접속: ${moment}`,
  writePrivately: '비공개 메시지 보내기',
  writeTo: (name) => `${name} 님에게 비공개 메시지`,
  writeIn: (title) => `${title}에 메시지 쓰기`,
  privatelyTo: (name) => `비공개, 받는 사람: ${name}`,
  onlyBoth: (name) => `여기에 쓰는 내용은 나와 ${name} 님만 볼 수 있습니다.`,
  groupHint: '여기에 쓰는 내용은 이 그룹의 모든 사람이 볼 수 있습니다.',
  saidPrivately: (name, text) => `${name} 님의 비공개 메시지: ${text}`,
  saidIn: (title, name, text) => `${title}의 ${name} 님: ${text}`,
  privateOff: '주최자가 비공개 메시지를 껐습니다.',
  notTaken: (name) => `지금은 ${name} 님에게 비공개로 쓸 수 없습니다.`,
  conversationOver: (title) => `‘${title}’ 대화가 닫혔습니다.`,
});
