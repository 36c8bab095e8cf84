import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface MessageFocusListener {
  /** The row has to be in sight. */
  reveal(row: HTMLElement): void;
  /** Enter or Space on a message. */
  act(row: HTMLElement): void;
}

/** Makes the list one stop of the Tab key, inside which the arrow keys, Home and End go from message to message. */
export class MessageFocus implements ReactiveController {
  readonly #root: () => ParentNode;
  readonly #listener: MessageFocusListener;
  #current: HTMLElement | undefined;

  constructor(host: ReactiveControllerHost, root: () => ParentNode, listener: MessageFocusListener) {
    this.#root = root;
    this.#listener = listener;
    host.addController(this);
  }

  hostUpdated(): void {
    // The message left the window: the list itself is the stop again.
    if (this.#current?.isConnected === false) this.#stopAt(undefined);
  }

  /** Something in the list got the focus. */
  focused({ target }: Event): void {
    const row = target instanceof Element ? target.closest<HTMLElement>('.message') : null;
    if (row) this.#stopAt(row);
  }

  keyed(event: KeyboardEvent): void {
    const { target, key } = event;
    if (!(target instanceof HTMLElement)) return;
    const row = target.closest<HTMLElement>('.message') ?? undefined;
    // A link or a button in a message keeps its own keys.
    if (row && target === row && (key === 'Enter' || key === ' ')) this.#listener.act(row);
    else {
      const next = this.#next(key, row);
      if (!next) return;
      this.focus(next);
    }
    event.preventDefault();
  }

  focus(row: HTMLElement): void {
    row.focus({ preventScroll: true });
    this.#listener.reveal(row);
  }

  /** The message after `row`, else the one before it, gets the focus. */
  focusBeside(row: HTMLElement): void {
    const rows = this.#rows;
    const index = rows.indexOf(row);
    const beside = rows[index + 1] ?? rows[index - 1] ?? row;
    this.focus(beside);
  }

  get #rows(): HTMLElement[] {
    return [...this.#root().querySelectorAll<HTMLElement>('.message')];
  }

  #next(key: string, from: HTMLElement | undefined): HTMLElement | undefined {
    const rows = this.#rows;
    const index = from ? rows.indexOf(from) : rows.length;
    switch (key) {
      case 'ArrowUp':
        return rows[Math.max(0, index - 1)];
      case 'ArrowDown':
        return rows[Math.min(rows.length - 1, index + 1)];
      case 'Home':
        return rows[0];
      case 'End':
        return rows.at(-1);
      default:
        return undefined;
    }
  }

  #stopAt(row: HTMLElement | undefined): void {
    if (this.#current) this.#current.tabIndex = -1;
    this.#current = row;
    if (row) row.tabIndex = 0;
    const list = this.#root().querySelector<HTMLElement>('.list');
    if (list) list.tabIndex = row ? -1 : 0;
  }
}
