import type { Formats } from '../i18n/formats.ts';
import type { KnownStrings } from '../i18n/texts.ts';
import type { LinkedText } from '../link-finder.ts';

/** What every view is given: how to word things, and how to write them. */
export type ViewContext = {
  readonly strings: KnownStrings;
  readonly formats: Formats;
  /** Finds links; undefined as long as nobody has written one. */
  readonly linked: LinkedText | undefined;
};
