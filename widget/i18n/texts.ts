import type { FailureCode } from '../client/wire.ts';
import type { ChatStrings } from './chat/en.ts';
import type { ConversationStrings } from './conversations/en.ts';
import type { HeldStrings } from './held/en.ts';
import type { MemberStrings } from './members/en.ts';
import type { MentionStrings } from './mention/en.ts';
import type { MenuStrings } from './menu/en.ts';
import type { SearchStrings } from './search/en.ts';
import type { SettingsStrings } from './settings/en.ts';

/** Every text of the widget: what it shows from the beginning, and what comes with each later part. */
export type AllStrings = ChatStrings &
  MenuStrings &
  MemberStrings &
  SearchStrings &
  SettingsStrings &
  MentionStrings &
  ConversationStrings &
  HeldStrings;

/** What a view is given. A part that came later brings its own texts in English, and these lie over them. */
export type KnownStrings = ChatStrings & Partial<AllStrings>;

/** The texts of one part in one language beside English. Its file imports nothing, so that it is one request. */
export type TextsOf<Part> = (wording: Wording) => Part;

/** One part in every language beside English, each in a file of its own that is fetched when a reader wants it. */
export type Translations<Part> = { readonly [language in Translated]: () => Promise<{ strings: TextsOf<Part> }> };

/** What a language's file is given to choose words with. */
export type Wording = {
  plural(count: number, forms: PluralForms): string;
  byCode(code: FailureCode, forms: CodeForms): string;
};

/** A text for each plural category of the language that its numbers tell apart; `other` for all the rest. */
export type PluralForms = { readonly [category in Intl.LDMLPluralRule]?: string } & { readonly other: string };

/** A text for each code that deserves its own; `other` for all the rest. */
export type CodeForms = { readonly [code in FailureCode]?: string } & { readonly other: string };

type Translated =
  | 'ar'
  | 'de'
  | 'es'
  | 'fr'
  | 'he'
  | 'hi'
  | 'it'
  | 'ja'
  | 'ko'
  | 'nl'
  | 'pl'
  | 'pt'
  | 'ru'
  | 'tr'
  | 'zh';
