import type { ChannelState } from '../../protocol/entities.ts';
import type { FailureCode } from '../client/wire.ts';

/** The texts that the chat shows from the beginning, in one language. Numbers come formatted by `Intl`. */
export type Strings = {
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
  /** Why the server does not let the user in. */
  refused(code: FailureCode): string;
  /** Why a message was refused. */
  failure(code: FailureCode): string;
};

/** The texts of a message’s menu, which come with it. */
export type MenuStrings = {
  readonly reply: string;
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

/** The texts of the list of members and of the organizer’s form, which come with it. */
export type MemberStrings = {
  readonly closeMembers: string;
  readonly isOnline: string;
  readonly isOffline: string;
  readonly isMuted: string;
  readonly mute: string;
  readonly unmute: string;
  readonly remove: string;
  readonly removeAsk: string;
  readonly title: string;
  readonly whoWrites: string;
  readonly done: string;
  lastSeen(moment: string): string;
  meetingState(state: ChannelState): string;
};

/** The texts of the search, which come with it. */
export type SearchStrings = {
  readonly closeSearch: string;
  found(count: number, formatted: string): string;
};

/** Every text of the widget. */
export type AllStrings = Strings & MenuStrings & MemberStrings & SearchStrings;

/** What a view is given: of what comes later, the reader's language has its texts, and English brings them along. */
export type KnownStrings = Strings & Partial<AllStrings>;

/** A text for each plural category of the language that its numbers tell apart; `other` for all the rest. */
export type PluralForms = { readonly [category in Intl.LDMLPluralRule]?: string } & { readonly other: string };

/** A text for each code that deserves its own; `other` for all the rest. */
export type CodeForms = { readonly [code in FailureCode]?: string } & { readonly other: string };

/** What a language's file is given to choose words with: it imports nothing, so that it is one request. */
export type Wording = {
  plural(count: number, forms: PluralForms): string;
  byCode(code: FailureCode, forms: CodeForms): string;
};

/** A language beside English. A text that it lacks is shown in English. */
export type Language = (wording: Wording) => Partial<AllStrings>;
