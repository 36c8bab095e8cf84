import type { TemplateResult } from 'lit';
import { limits } from '../../protocol/limits.ts';
import type { ChannelSession } from '../client/channel-session.ts';
import type { SheetHost } from '../lazy-sheet.ts';
import type { ViewContext } from '../views/context.ts';
import { Cover } from './cover.ts';
import { foundIn, type SearchInput, type SearchRequests, searchSheet } from './search.ts';

export { translations } from '../i18n/search/translations.ts';
export { search as styles } from '../styles/search.ts';

export interface SearchSheetHost extends SheetHost {
  look(): { session: ChannelSession | undefined; context: ViewContext };
  jump(seq: number): void;
}

const nothingYet: SearchInput = { field: '', found: undefined, more: false, failed: false };

/** The search, over the conversation. */
export class Sheet extends Cover<SearchSheetHost> {
  protected readonly focusOf = { first: '.search input', opener: '[part="open-search"]' };
  #input = nothingYet;
  #session: ChannelSession | undefined;
  /** What was searched for last. */
  #words = '';
  /** Grows with each search, so that a late answer to an earlier one is not shown. */
  #round = 0;

  /** With what was found last, as long as it is of the same conversation: one message after the other is looked at. */
  override open(): void {
    const { session } = this.host.look();
    this.#input = session === this.#session ? { ...this.#input, field: this.#words } : nothingYet;
    this.#session = session;
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

  /** Other words take the place of the last ones. */
  protected override focus(selector: string): void {
    super.focus(selector);
    if (selector === this.focusOf.first) this.element.renderRoot.querySelector<HTMLInputElement>(selector)?.select();
  }

  readonly #requests: SearchRequests = {
    search: (words) => {
      this.#words = words;
      void this.#search(nothingYet);
    },
    extend: () => void this.#extend(),
    jump: (seq) => {
      this.close();
      void this.afterUpdate(() => this.host.jump(seq));
    },
    close: () => this.dismiss(),
  };

  /** Resolves with whether the outcome is on the screen; where it failed, with what else is to be there. */
  async #search(otherwise: SearchInput, limit?: number): Promise<boolean> {
    this.#round += 1;
    const [round, words] = [this.#round, this.#words];
    const outcome = await this.#session?.search(words, limit);
    if (round !== this.#round) return false;
    const { field } = this.#input;
    this.#input = outcome?.ok
      ? { field, found: foundIn(outcome.messages, words), more: outcome.more, failed: false }
      : { ...otherwise, field, failed: true };
    this.element.requestUpdate();
    return true;
  }

  /** The reader goes on with the first of those that come. */
  async #extend(): Promise<void> {
    const place = (this.#input.found?.length ?? 0) + 1;
    if (!(await this.#search(this.#input, limits.pageMax))) return;
    void this.afterUpdate(() => this.focus(`[part="search-result"]:nth-of-type(${place})`));
  }
}
