import type { TextsOf } from '../texts.ts';
import type { ConversationStrings } from './en.ts';

export const strings: TextsOf<ConversationStrings> = () => ({
  conversations: '对话',
  everyone: '会议中的所有人',
  group: '群组',
  isPrivate: '私聊',
  isOnline: '在线',
  isOffline: '离线',
  lastSeen: (moment) => `上次在线：${moment}`,
  writePrivately: '发送私信',
  writeTo: (name) => `给${name}的私信`,
  writeIn: (title) => `发给${title}的消息`,
  privatelyTo: (name) => `私聊，发给${name}`,
  onlyBoth: (name) => `你在这里写的内容只有你和${name}能看到。`,
  groupHint: '你在这里写的内容，群组中的所有人都能看到。',
  saidPrivately: (name, text) => `来自${name}的私信：${text}`,
  saidIn: (title, name, text) => `${title}中的${name}：${text}`,
  privateOff: '组织者已关闭私信。',
  notTaken: (name) => `目前无法给${name}发私信。`,
  conversationOver: (title) => `对话“${title}”已对你关闭。`,
});
