import type { AllStrings, Language, Wording } from './strings.ts';

type LanguageFile = { strings: Language };

/** Every language beside English, each in a file of its own that is fetched when a reader wants it. */
const files: { readonly [code: string]: () => Promise<LanguageFile> } = {
  ar: () => import('./ar.ts'),
  de: () => import('./de.ts'),
  es: () => import('./es.ts'),
  fr: () => import('./fr.ts'),
  he: () => import('./he.ts'),
  hi: () => import('./hi.ts'),
  it: () => import('./it.ts'),
  ja: () => import('./ja.ts'),
  ko: () => import('./ko.ts'),
  nl: () => import('./nl.ts'),
  pl: () => import('./pl.ts'),
  pt: () => import('./pt.ts'),
  ru: () => import('./ru.ts'),
  tr: () => import('./tr.ts'),
  zh: () => import('./zh.ts'),
};

/** The codes of all languages, English first. */
export const languages: readonly string[] = ['en', ...Object.keys(files)];

/** A language, and the tag by which dates and numbers are written in it. */
export type Choice = { readonly language: string; readonly locale: string };

/** The first of the tags that there is a translation for; English when there is none. */
export function choose(tags: readonly string[]): Choice {
  for (const tag of tags) {
    const locale = parse(tag);
    if (locale && languages.includes(locale.language)) return { language: locale.language, locale: locale.baseName };
  }
  return { language: 'en', locale: 'en' };
}

/** @returns the language's texts, as far as it has them; undefined for English, which is always there */
export async function fetchStrings(language: string): Promise<Partial<AllStrings> | undefined> {
  const file = await files[language]?.();
  return file?.strings(wordingOf(language));
}

function wordingOf(language: string): Wording {
  const rules = new Intl.PluralRules(language);
  return {
    plural: (count, forms) => forms[rules.select(count)] ?? forms.other,
    byCode: (code, forms) => forms[code] ?? forms.other,
  };
}

/** Undefined for what is no tag: pages write `de_DE`, and worse. */
function parse(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag.replace('_', '-'));
  } catch {
    return undefined;
  }
}
