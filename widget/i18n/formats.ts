/** Numbers and times as the reader writes them. */
export interface Formats {
  number(value: number): string;
  /** `Alice and Bob` */
  list(items: readonly string[]): string;
  /** `5 seconds`, written out. */
  seconds(value: number): string;
  /** The time of day. */
  time(at: number): string;
  /** Day and time, in full. */
  moment(at: number): string;
  /** `today`, `yesterday`, else the date; with the year only where it is another than that of `now`. */
  day(at: number, now: number): string;
}

const made = new Map<string, Formats>();

/** @param locale a BCP 47 tag; empty for the browser's own */
export function formatsFor(locale: string): Formats {
  const known = made.get(locale);
  if (known) return known;
  const formats = make(locale === '' ? undefined : locale);
  made.set(locale, formats);
  return formats;
}

/** Days since the epoch in the reader's time zone; two moments of one day have the same. */
export function dayNumber(at: number): number {
  const date = new Date(at);
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
}

/** The one of the element's languages that may have digits of its own. */
const ownDigits = /^ar/;

/** Each is made when it is first asked for: the first of them costs more than everything else that the element does when it begins. */
function make(locale: string | undefined): Formats {
  const number = once(() => new Intl.NumberFormat(locale));
  const time = once(() => new Intl.DateTimeFormat(locale, { timeStyle: 'short' }));
  const moment = once(() => new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }));
  const day = once(() => new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' }));
  return {
    list: (items) => new Intl.ListFormat(locale).format(items),
    number: (value) => (value < 1_000 && locale && !ownDigits.test(locale) ? String(value) : number().format(value)),
    seconds: (value) =>
      new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', unitDisplay: 'long' }).format(value),
    time: (at) => time().format(at),
    moment: (at) => moment().format(at),
    day(at, now) {
      const ago = dayNumber(now) - dayNumber(at);
      if (ago === 0 || ago === 1) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-ago, 'day');
      return (
        new Date(at).getFullYear() === new Date(now).getFullYear()
          ? day()
          : new Intl.DateTimeFormat(locale, { dateStyle: 'long' })
      ).format(at);
    },
  };
}

/**
 * The browser's first number and first date together are its longest task by far, because they read for every language
 * there is what it has: 50 ms on a slow computer. These read it in parts.
 */
const beginnings = [() => new Intl.Collator(), () => new Intl.NumberFormat(), () => new Intl.DateTimeFormat()];
let beginning: Promise<void> | undefined;
let areBegun = false;

/** Makes the first of the formats cheap, by small tasks; once for a page. */
export function beginFormats(): Promise<void> {
  beginning ??= begin();
  return beginning;
}

/** Whether to write a number or a date is cheap by now. */
export function areFormatsBegun(): boolean {
  return areBegun;
}

async function begin(): Promise<void> {
  for (const make of beginnings) {
    await new Promise((next) => setTimeout(next));
    make();
  }
  areBegun = true;
}

function once<T>(makeIt: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= makeIt();
    return made;
  };
}
