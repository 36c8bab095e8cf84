import type { CSSResult, LitElement } from 'lit';
import { addPart } from './i18n/languages.ts';
import type { AllStrings, Translations } from './i18n/texts.ts';

/** What a module of the interface that is fetched later brings besides its views. */
export type LazyModule = object & {
  readonly styles?: CSSResult;
  readonly translations?: Translations<Partial<AllStrings>>;
};

/** A part of the interface whose code, style and texts come with its first use. */
export class LazyPart<Module extends LazyModule> {
  readonly #host: LitElement;
  readonly #load: () => Promise<Module>;
  readonly #begin: ((module: Module) => void) | undefined;
  #module: Module | undefined;
  #coming: Promise<boolean> | undefined;

  /** @param begin called once, when it is there: for a part that looks after itself from then on */
  constructor(host: LitElement, load: () => Promise<Module>, begin?: (module: Module) => void) {
    this.#host = host;
    this.#load = load;
    this.#begin = begin;
  }

  /** Undefined until it is there; the host is updated then. */
  get module(): Module | undefined {
    return this.#module;
  }

  /** Resolves with whether it is there. */
  fetch(): Promise<boolean> {
    this.#coming ??= this.#fetch();
    return this.#coming;
  }

  async #fetch(): Promise<boolean> {
    try {
      const module = await this.#load();
      if (module.translations) await addPart(module.translations);
      const styleSheet = module.styles?.styleSheet;
      if (styleSheet) this.#host.shadowRoot?.adoptedStyleSheets.push(styleSheet);
      this.#module = module;
      this.#begin?.(module);
      this.#host.requestUpdate();
      return true;
    } catch {
      // Without a network, say: the next use tries again.
      this.#coming = undefined;
      return false;
    }
  }
}
