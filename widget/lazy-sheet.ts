import type { LitElement, TemplateResult } from 'lit';
import { type LazyModule, LazyPart } from './lazy-part.ts';
import type { ViewContext } from './views/context.ts';

export interface SheetHost {
  look(): { context: ViewContext };
  /** Tells the reader something, shortly. */
  note(text: string): void;
}

/** What lies over the conversation while it is open. */
export interface Sheet {
  open(): void;
  /** Undefined while it is closed. */
  view(): TemplateResult | undefined;
}

export interface SheetModule<Host> extends LazyModule {
  readonly Sheet: new (element: LitElement, host: Host) => Sheet;
}

/** A sheet of which all the code comes with its first use. */
export class LazySheet<Host extends SheetHost> {
  readonly #element: LitElement;
  readonly #host: Host;
  readonly #part: LazyPart<SheetModule<Host>>;
  #sheet: Sheet | undefined;

  constructor(element: LitElement, load: () => Promise<SheetModule<Host>>, host: Host) {
    this.#element = element;
    this.#host = host;
    this.#part = new LazyPart(element, load);
  }

  async open(): Promise<void> {
    await this.#part.fetch();
    const { module } = this.#part;
    if (!module) return this.#host.note(this.#host.look().context.strings.unreachable);
    this.#sheet ??= new module.Sheet(this.#element, this.#host);
    this.#sheet.open();
  }

  view(): TemplateResult | undefined {
    return this.#sheet?.view();
  }
}
