import type { FailureCode } from '../client/wire.ts';

/** Every text of the widget, in one language. Numbers come formatted by `Intl`. */
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
  readonly tryNow: string;
  readonly closed: string;
  readonly ended: string;
  reconnectingIn(seconds: string): string;
  newMessages(count: number, formatted: string): string;
  unread(count: number, formatted: string): string;
  tooLong(surplus: string): string;
  online(count: number, formatted: string): string;
  /** For a screen reader: who said what. */
  said(name: string, text: string): string;
  /** Why the server does not let the user in. */
  refused(code: FailureCode): string;
  /** Why a message was refused. */
  failure(code: FailureCode): string;
};

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
export type Language = (wording: Wording) => Partial<Strings>;
