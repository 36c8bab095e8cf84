/** The texts of a message’s menu, which come with it. */
export type MenuStrings = {
  readonly reply: string;
  readonly showAnswered: string;
  readonly edit: string;
  readonly copy: string;
  readonly copied: string;
  readonly notCopied: string;
  readonly delete: string;
  readonly deleteAsk: string;
  readonly react: string;
  readonly otherEmoji: string;
  readonly emojiHint: string;
};

export const menu: MenuStrings = {
  reply: 'Reply',
  showAnswered: 'Show the answered message',
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
