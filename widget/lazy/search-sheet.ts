import type { TemplateResult } from 'lit';
import type { ChannelSession } from '../client/channel-session.ts';
import type { SheetHost } from '../lazy-sheet.ts';
import type { ViewContext } from '../views/context.ts';
import { Cover } from './cover.ts';
import { type SearchInput, type SearchRequests, searchSheet } from './search.ts';

export { translations } from '../i18n/search/translations.ts';
export { search as styles } from '../styles/search.ts';

export interface SearchSheetHost extends SheetHost {
  look(): { session: ChannelSession | undefined; context: ViewContext };
  jump(seq: number): void;
}

const nothingYet: SearchInput = { found: undefined, more: false, failed: false };

/** The search, over the conversation. */
export class Sheet extends Cover<SearchSheetHost> {
  protected readonly focusOf = { first: '.search input', opener: '[part="open-search"]' };
  #input = nothingYet;
  #session: ChannelSession | undefined;
  /** Grows with each search, so that a late answer to an earlier one is not shown. */
  #round = 0;

  override open(): void {
    this.#session = this.host.look().session;
    this.#input = nothingYet;
    super.open();
  }

  hostUpdate(): void {
    // What was found is of another conversation, which was closed meanwhile.
    if (this.isOpen && this.host.look().session !== this.#session) this.close();
  }

  protected content(): TemplateResult {
    return searchSheet(this.#input, this.host.look().context, this.#requests);
  }

  protected override close(): void {
    this.#round += 1;
    super.close();
  }

  readonly #requests: SearchRequests = {
    search: (words) => void this.#search(words),
    jump: (seq) => {
      this.close();
      void this.afterUpdate(() => this.host.jump(seq));
    },
    close: () => this.dismiss(),
  };

  async #search(words: string): Promise<void> {
    this.#round += 1;
    const round = this.#round;
    const outcome = await this.host.look().session?.search(words);
    if (round !== this.#round) return;
    this.#input = outcome?.ok
      ? { found: outcome.messages, more: outcome.more, failed: false }
      : { ...nothingYet, failed: true };
    this.element.requestUpdate();
  }
}
