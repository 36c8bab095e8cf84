import { chat } from './chat/en.ts';
import { translations } from './chat/translations.ts';
import type { AllStrings, KnownStrings, TextsOf, Translations, Wording } from './texts.ts';

type Part = Translations<Partial<AllStrings>>;

/** The codes of all languages, English first. */
export const languages: readonly string[] = ['en', ...Object.keys(translations)];

/** A language, and the tag by which dates and numbers are written in it. */
export type Choice = { readonly language: string; readonly locale: string };

/** The parts of the interface that are on the page. */
const parts = new Set<Part>([translations]);
/** What was asked for, with the texts of those parts. */
const known = new Map<string, Promise<KnownStrings>>();

/** The first of the tags that there is a translation for; English when there is none. */
export function choose(tags: readonly string[]): Choice {
  for (const locale of tags.flatMap(canonical)) {
    const language = languages.find((code) => code === locale.split('-')[0]);
    if (language) return { language, locale };
  }
  return { language: 'en', locale: 'en' };
}

/** The language's texts. Those of parts that come later are added to them. */
export function textsIn(language: string): Promise<KnownStrings> {
  const asked = known.get(language);
  if (asked) return asked;
  const texts = Promise.all([...parts].map((part) => fetchPart(part, language))).then((own) =>
    Object.assign({ ...chat }, ...own),
  );
  known.set(language, texts);
  texts.catch(() => known.delete(language));
  return texts;
}

/** A part has come: resolves once the languages that are in use have its texts too. */
export async function addPart(part: Part): Promise<void> {
  parts.add(part);
  await Promise.all(
    [...known].map(async ([language, texts]) => Object.assign(await texts, await fetchPart(part, language))),
  );
}

/** Nothing for English, which every part brings along. */
export async function fetchPart<Texts>(part: Translations<Texts>, language: string): Promise<Texts | undefined> {
  const files: { readonly [code: string]: () => Promise<{ strings: TextsOf<Texts> }> } = part;
  return (await files[language]?.())?.strings(wordingOf(language));
}

function wordingOf(language: string): Wording {
  const rules = new Intl.PluralRules(language);
  return {
    plural: (count, forms) => forms[rules.select(count)] ?? forms.other,
    byCode: (code, forms) => forms[code] ?? forms.other,
  };
}

/**
 * None for what is no tag: pages write `de_DE`, and worse. Not by `Intl.Locale`, which in Safari leaves an old code such as `iw`
 * as it is.
 */
function canonical(tag: string): string[] {
  try {
    return Intl.getCanonicalLocales(tag.replace('_', '-'));
  } catch {
    return [];
  }
}
