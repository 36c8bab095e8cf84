import type { ChannelKind } from '../../protocol/entities.ts';
import type { ChannelSession } from '../client/channel-session.ts';
import { type ConversationStrings, conversations as english } from '../i18n/conversations/en.ts';
import type { KnownStrings } from '../i18n/texts.ts';
import type { ViewContext } from '../views/context.ts';

type WordedStrings = KnownStrings & ConversationStrings;

/** With the texts of the conversations, in English where the reader's language has not come yet. */
export type Worded = ViewContext & { readonly strings: WordedStrings };

export function worded(context: ViewContext): Worded {
  return { ...context, strings: { ...english, ...context.strings } };
}

/** Which conversation, and whether it is the one on the screen. */
export type Place = {
  readonly channel: string;
  readonly kind: ChannelKind;
  /** Of a direct channel the other one's name. */
  readonly title: string;
  /** Of a direct channel the other one's id. */
  readonly person?: string;
  readonly shown: boolean;
};

/** `count`: so many texts the language had. */
type Made = { place: Place; base: KnownStrings; count: number; strings: KnownStrings };

/** What is said otherwise in a conversation than in a meeting that has no others beside it. */
export class Words {
  readonly #made = new WeakMap<ChannelSession, Made>();

  /** The same as long as nothing is different: rows are drawn anew when their words are others. */
  of(session: ChannelSession, place: Place, context: ViewContext): KnownStrings {
    const before = this.#made.get(session);
    const base = context.strings;
    const count = Object.keys(base).length;
    const same = before?.place.title === place.title && before.place.shown === place.shown && before.base === base;
    // The texts of a part that came meanwhile are added, as they were to those of the language.
    const made = same && before.count === count ? before.strings : wordsFor(place, worded(context).strings);
    const strings = same ? Object.assign(before.strings, made) : made;
    this.#made.set(session, { place, base, count, strings });
    return strings;
  }
}

function wordsFor({ kind, title, shown }: Place, base: WordedStrings): KnownStrings {
  return { ...base, ...(shown ? {} : elsewhere(title, base)), ...wordsOf[kind](title, base) };
}

type PartialWords = (title: string, base: WordedStrings) => Partial<KnownStrings>;

/** What is said of it while the reader looks at another. */
const elsewhere: PartialWords = (title, base) => ({
  newMessages: (count, formatted) => `${title}: ${base.newMessages(count, formatted)}`,
  said: (name, text) => base.saidIn(title, name, text),
  mentionsYou: (name, text) => `${title}: ${base.mentionsYou(name, text)}`,
});

const wordsOf: { readonly [kind in ChannelKind]: PartialWords } = {
  meeting: () => ({}),
  group: (title, base) => ({ write: base.writeIn(title), emptyHint: base.groupHint }),
  direct: (title, base) => ({
    write: base.writeTo(title),
    emptyHint: base.onlyBoth(title),
    said: base.saidPrivately,
    mentionsYou: base.saidPrivately,
    failure: (code) => (code === 'forbidden' ? base.notTaken(title) : base.failure(code)),
  }),
};
