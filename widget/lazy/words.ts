import type { ChannelKind } from '../../protocol/entities.ts';
import type { ConversationStrings } from '../i18n/conversations/en.ts';
import type { KnownStrings } from '../i18n/texts.ts';

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

/** What is said otherwise in a conversation than in a meeting that has no others beside it. */
export function wordsFor({ kind, title, shown }: Place, base: KnownStrings & ConversationStrings): KnownStrings {
  return { ...base, ...(shown ? {} : elsewhere(title, base)), ...wordsOf[kind](title, base) };
}

type Words = (title: string, base: KnownStrings & ConversationStrings) => Partial<KnownStrings>;

/** What is said of it while the reader looks at another. */
const elsewhere: Words = (title, base) => ({
  newMessages: (count, formatted) => `${title}: ${base.newMessages(count, formatted)}`,
  said: (name, text) => base.saidIn(title, name, text),
  mentionsYou: (name, text) => `${title}: ${base.mentionsYou(name, text)}`,
});

const wordsOf: { readonly [kind in ChannelKind]: Words } = {
  meeting: () => ({}),
  group: (title, base) => ({ write: base.writeIn(title), emptyHint: base.groupHint }),
  direct: (title, base) => ({
    write: base.writeTo(title),
    emptyHint: base.onlyBoth(title),
    said: base.saidPrivately,
    mentionsYou: base.saidPrivately,
    // The other one is there or not; a number of people says nothing of it.
    online: () => base.isPrivate,
    failure: (code) => (code === 'forbidden' ? base.notTaken(title) : base.failure(code)),
  }),
};
