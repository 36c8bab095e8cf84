import type { LitElement, ReactiveController, TemplateResult } from 'lit';
import type { ChannelSession } from '../client/channel-session.ts';
import type { Sheet as LazySheet, SheetHost } from '../lazy-sheet.ts';
import type { ViewContext } from '../views/context.ts';
import { type SearchInput, type SearchRequests, searchSheet } from './search.ts';

export { translations } from '../i18n/search/translations.ts';
export { search as styles } from '../styles/search.ts';

export interface SearchSheetHost extends SheetHost {
  look(): { session: ChannelSession | undefined; context: ViewContext };
  jump(seq: number): void;
}

const nothingYet: SearchInput = { found: undefined, more: false, failed: false };

/** The search, over the conversation. */
export class Sheet implements LazySheet, ReactiveController {
  readonly #element: LitElement;
  readonly #host: SearchSheetHost;
  #state: 'closed' | 'opening' | 'open' = 'closed';
  #input = nothingYet;
  #session: ChannelSession | undefined;
  /** Grows with each search, so that a late answer to an earlier one is not shown. */
  #round = 0;

  constructor(element: LitElement, host: SearchSheetHost) {
    this.#element = element;
    this.#host = host;
    element.addController(this);
  }

  open(): void {
    this.#state = 'opening';
    this.#session = this.#host.look().session;
    this.#show(nothingYet);
  }

  view(): TemplateResult | undefined {
    const { session } = this.#host.look();
    // What was found is of another conversation, which was closed meanwhile.
    if (session !== this.#session) this.#state = 'closed';
    if (this.#state === 'closed') return undefined;
    return searchSheet(this.#input, this.#host.look().context, this.#requests);
  }

  hostUpdated(): void {
    if (this.#state !== 'opening') return;
    this.#state = 'open';
    this.#focus('.search input');
  }

  readonly #requests: SearchRequests = {
    search: (words) => void this.#search(words),
    jump: (seq) => {
      this.#close();
      // Only once the conversation is no longer inert.
      void this.#element.updateComplete.then(() => this.#host.jump(seq));
    },
    close: () => {
      this.#close();
      void this.#element.updateComplete.then(() => this.#focus('[part="open-search"]'));
    },
  };

  async #search(words: string): Promise<void> {
    this.#round += 1;
    const round = this.#round;
    const outcome = await this.#host.look().session?.search(words);
    if (round !== this.#round) return;
    this.#show(
      outcome?.ok ? { found: outcome.messages, more: outcome.more, failed: false } : { ...nothingYet, failed: true },
    );
  }

  #close(): void {
    this.#round += 1;
    this.#state = 'closed';
    this.#element.requestUpdate();
  }

  #show(input: SearchInput): void {
    this.#input = input;
    this.#element.requestUpdate();
  }

  #focus(selector: string): void {
    this.#element.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }
}
