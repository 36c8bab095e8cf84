import type { LitElement, ReactiveController } from 'lit';
import { isComposing } from './views/composing.ts';

export interface KeyboardListener {
  /** The conversation can be seen; else there is the launcher only. */
  readonly isShown: () => boolean;
  /** Escape was pressed; answers whether something closed. */
  readonly escaped: () => boolean;
}

/** Where the keyboard is in the element: what has the focus, and which of its keys the page hears. */
export class Keyboard implements ReactiveController {
  readonly #host: LitElement;
  readonly #listener: KeyboardListener;
  /** What had the focus before an update. */
  #held: Element | null = null;

  constructor(host: LitElement, listener: KeyboardListener) {
    this.#host = host;
    this.#listener = listener;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#held = this.#focused;
  }

  /** After an update, and after whatever else takes the focus in one. */
  keep(): void {
    // What had it is gone: without a place of its own the keyboard would begin anew at the page's top.
    if (this.#held?.isConnected === false && !this.#focused) this.#focusOn('.list');
  }

  /** To the input, or where nobody may write to the messages. */
  enter(): void {
    this.#focusOn(this.#input ? 'textarea' : '.list');
  }

  /** To the input, behind what stands there. */
  write(): void {
    this.enter();
    const input = this.#input;
    input?.setSelectionRange(input.value.length, input.value.length);
  }

  readonly keyed = (event: KeyboardEvent): void => {
    const { key } = event;
    if (isComposing(event) || (key !== 'Escape' && key !== 'Tab')) keepInside(event);
    else if (key === 'Escape' && this.#listener.escaped()) {
      // A dialog of the page that it stands in would close, too.
      event.preventDefault();
      event.stopPropagation();
    }
  };

  /** In the conversation, unless something lies over it, and makes it inert. */
  #focusOn(place: 'textarea' | '.list'): void {
    const find = (selector: string) => this.#host.renderRoot.querySelector<HTMLElement>(selector);
    const isShown = this.#listener.isShown();
    (isShown ? (find('.main ~ * :is(button, input)') ?? find(place)) : find('.launcher'))?.focus();
  }

  get #focused(): Element | null {
    return this.#host.shadowRoot?.activeElement ?? null;
  }

  get #input(): HTMLTextAreaElement | null {
    return this.#host.renderRoot.querySelector('textarea');
  }
}

/** What is typed here is none of the host page's business: its shortcuts must not go off. What it slotted in is its own. */
export function keepInside(event: Event): void {
  const { currentTarget, target } = event;
  if (currentTarget instanceof Node && target instanceof Node && currentTarget.contains(target))
    event.stopPropagation();
}
