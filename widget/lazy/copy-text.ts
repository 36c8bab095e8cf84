import { menu as english } from '../i18n/menu/en.ts';
import type { KnownStrings } from '../i18n/texts.ts';

/** Resolves with what there is to tell the reader. */
export async function copyText(text: string, known: KnownStrings): Promise<string> {
  const strings = { ...english, ...known };
  try {
    await navigator.clipboard.writeText(text);
    return strings.copied;
  } catch {
    // An insecure page has no clipboard, and the host page's policy may forbid it.
    return strings.notCopied;
  }
}
