import type { FailureCode } from '../../client/wire.ts';

/** The texts that the chat shows from the beginning, in one language. Numbers come formatted by `Intl`. */
export type ChatStrings = {
  readonly chat: string;
  readonly openChat: string;
  readonly closeChat: string;
  readonly messages: string;
  readonly organizer: string;
  readonly you: string;
  readonly write: string;
  readonly send: string;
  readonly sending: string;
  readonly sent: string;
  readonly notSent: string;
  readonly retry: string;
  readonly discard: string;
  readonly deleted: string;
  readonly edited: string;
  readonly empty: string;
  readonly emptyHint: string;
  readonly loadingOlder: string;
  readonly toEnd: string;
  readonly connecting: string;
  readonly resuming: string;
  readonly backOnline: string;
  readonly offline: string;
  readonly tokenMissing: string;
  readonly tokenExpired: string;
  readonly tokenRefused: string;
  readonly removed: string;
  readonly gone: string;
  readonly tryNow: string;
  readonly closed: string;
  readonly ended: string;
  readonly actions: string;
  readonly cancel: string;
  readonly save: string;
  readonly editing: string;
  readonly earlier: string;
  readonly notThere: string;
  readonly unreachable: string;
  readonly muted: string;
  readonly delivered: string;
  readonly unreadBelow: string;
  readBy(count: number, formatted: string): string;
  /** `names` is a list in words; empty where there are too many. */
  typing(count: number, names: string): string;
  readonly members: string;
  readonly search: string;
  reconnectingIn(seconds: string): string;
  newMessages(count: number, formatted: string): string;
  unread(count: number, formatted: string): string;
  tooLong(surplus: string): string;
  online(count: number, formatted: string): string;
  replyingTo(name: string): string;
  /** A reaction, for a screen reader. */
  reacted(emoji: string, count: number, formatted: string, names: string): string;
  /** For a screen reader: who said what. */
  said(name: string, text: string): string;
  readonly settings: string;
  /** Of a message that waits for an organizer. */
  readonly held: string;
  /** Of a message that the filter refused. */
  readonly unwanted: string;
  /** Of a message that waits because the reader was too fast. */
  slowed(seconds: string): string;
  /** So many characters still fit. */
  left(count: number, formatted: string): string;
  /** Unread messages that mention the reader. */
  mentions(count: number, formatted: string): string;
  /** For a screen reader: a message that mentions the reader. */
  mentionsYou(name: string, text: string): string;
  /** Why the server does not let the user in. */
  refused(code: FailureCode): string;
  /** Why a message was refused. */
  failure(code: FailureCode): string;
};

export const chat: ChatStrings = {
  chat: 'Chat',
  openChat: 'Open chat',
  closeChat: 'Close chat',
  messages: 'Messages',
  organizer: 'Organizer',
  you: 'You',
  write: 'Write a message',
  send: 'Send',
  sending: 'Sending',
  sent: 'Sent',
  notSent: 'Not sent',
  retry: 'Try again',
  discard: 'Discard',
  deleted: 'This message was deleted.',
  edited: 'edited',
  empty: 'No messages yet',
  emptyHint: 'What you write here is seen by everyone in this meeting.',
  loadingOlder: 'Loading earlier messages',
  toEnd: 'To the latest messages',
  connecting: 'Connecting …',
  resuming: 'Catching up …',
  backOnline: 'Connected again.',
  offline: 'You are offline. What you write is sent once you are back.',
  tokenMissing: 'Sign in to take part in this chat.',
  tokenExpired: 'Your sign-in has expired. Sign in again to go on.',
  tokenRefused: 'The chat does not accept your sign-in.',
  removed: 'You were removed from this chat.',
  gone: 'This chat was deleted.',
  tryNow: 'Try now',
  closed: 'The chat is closed. You can read, but not write.',
  ended: 'The meeting has ended.',
  actions: 'Message actions',
  cancel: 'Cancel',
  save: 'Save',
  editing: 'Editing your message',
  earlier: 'Earlier message',
  notThere: 'This message cannot be found.',
  unreachable: 'That did not reach the server. Try again.',
  muted: 'An organizer has muted you. You can read, but not write.',
  delivered: 'Delivered',
  unreadBelow: 'New',
  readBy: (count, formatted) => (count === 1 ? 'Read by 1 person' : `Read by ${formatted} people`),
  typing: (count, names) =>
    names === '' ? 'Several people are typing …' : `${names} ${count === 1 ? 'is' : 'are'} typing …`,
  members: 'Members',
  search: 'Search messages',
  reconnectingIn: (seconds) => `Connection lost. Next try in ${seconds}.`,
  newMessages: (count, formatted) => (count === 1 ? '1 new message' : `${formatted} new messages`),
  unread: (count, formatted) => (count === 1 ? '1 unread message' : `${formatted} unread messages`),
  tooLong: (surplus) => `Too long by ${surplus} characters`,
  online: (_count, formatted) => `${formatted} online`,
  replyingTo: (name) => `Replying to ${name}`,
  reacted: (emoji, count, formatted, names) =>
    `${emoji}, ${count === 1 ? '1 person' : `${formatted} people`}: ${names}`,
  said: (name, text) => `${name}: ${text}`,
  settings: 'Settings',
  held: 'Waits for an organizer to approve it.',
  unwanted: 'It holds words that are not wanted here.',
  slowed: (seconds) => `Too fast. It is sent by itself in ${seconds}.`,
  left: (count, formatted) => (count === 1 ? '1 character left' : `${formatted} characters left`),
  mentions: (count, formatted) => (count === 1 ? '1 mention' : `${formatted} mentions`),
  mentionsYou: (name, text) => `${name} mentions you: ${text}`,
  refused(code) {
    switch (code) {
      case 'forbidden':
      case 'not_found':
        return 'You may not enter this chat.';
      case 'closed':
        return 'This chat is closed.';
      default:
        return 'This chat cannot be opened.';
    }
  },
  failure(code) {
    switch (code) {
      case 'forbidden':
        return 'You may not write here.';
      case 'closed':
        return 'The chat is closed.';
      case 'too_large':
        return 'The message is too long.';
      case 'rate_limited':
        return 'Too fast. Wait a moment and try again.';
      case 'unavailable':
        return 'The server is busy. Try again.';
      default:
        return 'The server refused it.';
    }
  },
};
