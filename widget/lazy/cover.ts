import type { LitElement, TemplateResult } from 'lit';
import type { Sheet, SheetHost } from '../lazy-sheet.ts';
import { sheet } from '../styles/sheet.ts';

/** By selectors: what gets the focus when it opens, and what when the reader closes it. */
export type CoverFocus = { readonly first: string; readonly opener: string };

/** The last that was opened in each element: on a slow line two may have been asked for, and one would lie behind the other. */
const opened = new WeakMap<LitElement, Cover<SheetHost>>();

/** What lies over the conversation, which is inert meanwhile: the focus comes along when it opens, and goes back when it is closed. */
export abstract class Cover<Host extends SheetHost> implements Sheet {
  protected readonly element: LitElement;
  protected readonly host: Host;
  #state: 'closed' | 'opening' | 'open' = 'closed';

  constructor(element: LitElement, host: Host) {
    this.element = element;
    this.host = host;
    const sheets = element.shadowRoot?.adoptedStyleSheets;
    if (sheet.styleSheet && !sheets?.includes(sheet.styleSheet)) sheets?.push(sheet.styleSheet);
  }

  protected abstract readonly focusOf: CoverFocus;
  protected abstract content(): TemplateResult;

  get isOpen(): boolean {
    return this.#state !== 'closed';
  }

  open(): void {
    const other = opened.get(this.element);
    if (other !== this) other?.close();
    opened.set(this.element, this);
    this.#state = 'opening';
    this.element.requestUpdate();
  }

  view(): TemplateResult | undefined {
    return this.isOpen ? this.content() : undefined;
  }

  hostUpdated(): void {
    if (this.#state !== 'opening') return;
    this.#state = 'open';
    this.focus(this.focusOf.first);
  }

  /** Something else gets the focus. */
  protected close(): void {
    this.#state = 'closed';
    this.element.requestUpdate();
  }

  /** The reader has closed it. */
  protected dismiss(): void {
    this.close();
    void this.afterUpdate(() => this.focus(this.focusOf.opener));
  }

  protected focus(selector: string): void {
    this.element.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  /** Once it is drawn: what is inert still cannot have the focus. */
  protected async afterUpdate(act: () => void): Promise<void> {
    await this.element.updateComplete;
    act();
  }
}
