import type { ReactiveControllerHost } from 'lit';
import { chat } from './chat/en.ts';
import { type Formats, formatsFor } from './formats.ts';
import { choose, textsIn } from './languages.ts';
import type { KnownStrings } from './texts.ts';

/** The language that an element speaks: its own `lang`, else the page's, else the first of the reader's. */
export class ReaderLanguage {
  readonly #host: Pick<ReactiveControllerHost, 'requestUpdate'>;
  #wanted = 'en';
  /** What is shown: until another language has come, the one before it. */
  #shown: { language: string; strings: KnownStrings } = { language: 'en', strings: chat };
  #formats = formatsFor('en');

  constructor(host: Pick<ReactiveControllerHost, 'requestUpdate'>) {
    this.#host = host;
  }

  get strings(): KnownStrings {
    return this.#shown.strings;
  }

  get formats(): Formats {
    return this.#formats;
  }

  /** The language's code. */
  get code(): string {
    return this.#shown.language;
  }

  get direction(): 'ltr' | 'rtl' {
    return this.code === 'ar' || this.code === 'he' ? 'rtl' : 'ltr';
  }

  /** @param lang the element's own, empty for none */
  want(lang: string): void {
    const { language, locale } = choose([lang, document.documentElement.lang, ...navigator.languages]);
    const formats = formatsFor(locale);
    if (language === this.#wanted) {
      if (language === this.code) this.#formats = formats;
      return;
    }
    this.#wanted = language;
    void textsIn(language)
      .then((strings) => {
        // Another one was asked for meanwhile.
        if (this.#wanted !== language) return;
        this.#shown = { language, strings };
        this.#formats = formats;
        this.#host.requestUpdate();
      })
      .catch(() => this.#failed(language));
  }

  /** What cannot be fetched now is asked for again when the element is drawn next. */
  #failed(language: string): void {
    if (this.#wanted === language) this.#wanted = this.code;
  }
}
