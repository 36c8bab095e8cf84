import type { MenuStrings } from './strings.ts';

export const menu: MenuStrings = {
  reply: 'Reply',
  edit: 'Edit',
  copy: 'Copy text',
  copied: 'Copied.',
  notCopied: 'This page does not let the chat copy.',
  delete: 'Delete',
  deleteAsk: 'Delete it for everyone?',
  react: 'React',
  otherEmoji: 'Another emoji',
  emojiHint: 'Your system has a picker: Windows key + full stop, or ⌃⌘Space on a Mac.',
};
