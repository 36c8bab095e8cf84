import type { TextsOf } from '../texts.ts';
import type { MenuStrings } from './en.ts';

export const strings: TextsOf<MenuStrings> = () => ({
  reply: '回复',
  showAnswered: '查看被回复的消息',
  edit: '编辑',
  copy: '复制文本',
  copied: '已复制。',
  notCopied: '此页面不允许聊天进行复制。',
  delete: '删除',
  deleteAsk: '要为所有人删除吗？',
  react: '回应',
  otherEmoji: '其他表情',
  emojiHint: '您的系统带有表情面板：Windows 键 + 句点，Mac 上为 ⌃⌘空格。',
});
