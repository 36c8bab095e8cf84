import type { LitElement, ReactiveController, TemplateResult } from 'lit';
import { type LazyModule, LazyPart } from './lazy-part.ts';
import type { ViewContext } from './views/context.ts';

export interface SheetHost {
  look(): { context: ViewContext };
  /** Tells the reader something, shortly. */
  note(text: string): void;
}

/** What lies over the conversation while it is open; a controller of the element from the moment that it is there. */
export interface Sheet extends ReactiveController {
  /** `seq`: of the message that it is about, where it is about one. */
  open(seq?: number): void;
  /** Undefined while it is closed. */
  view(): TemplateResult | undefined;
}

export interface SheetModule<Host, Own extends Sheet> extends LazyModule {
  readonly Sheet: new (element: LitElement, host: Host) => Own;
}

/** A sheet of which all the code comes with its first use. */
export class LazySheet<Host extends SheetHost, Own extends Sheet> {
  readonly #host: Host;
  readonly #part: LazyPart<SheetModule<Host, Own>>;
  #sheet: Own | undefined;

  constructor(element: LitElement, load: () => Promise<SheetModule<Host, Own>>, host: Host) {
    this.#host = host;
    this.#part = new LazyPart(element, load, ({ Sheet }) => {
      this.#sheet = new Sheet(element, host);
      element.addController(this.#sheet);
    });
  }

  /** Fetches the code, which may have something to do while the sheet is closed. */
  prepare(): Promise<boolean> {
    return this.#part.fetch();
  }

  /** Undefined until it was fetched. */
  get sheet(): Own | undefined {
    return this.#sheet;
  }

  async open(seq?: number): Promise<void> {
    if (await this.prepare()) this.#sheet?.open(seq);
    else this.#host.note(this.#host.look().context.strings.unreachable);
  }

  view(): TemplateResult | undefined {
    return this.#sheet?.view();
  }
}
