import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface ScrollerListener {
  /** The reader came to the end, or left it. */
  endReached(atEnd: boolean): void;
  /** There is little left before the first row. `byReader`: because they scrolled. */
  nearStart(byReader: boolean): void;
  nearEnd(byReader: boolean): void;
}

/** A row, and how far its top is from the list's, in fractions of a pixel where rows are as high. */
type Anchor = { key: string; offset: number };

/** Within this of the end the reader counts as being there. */
const endTolerancePx = 24;
/** A row that is brought into sight keeps this distance from the edge: the divider's own, so that nothing of the row before is seen. */
const revealMarginPx = 10;
/** This far before an edge the next page is asked for. */
const pageAheadPx = 600;

/**
 * Keeps the reader's place: at the end while they are at the end, else at the row they look at, whatever is put before it
 * or changes its height. The only writer of the list's `scrollTop`; the browser's own anchoring is off, because two that
 * correct the same shift move the text.
 */
export class Scroller implements ReactiveController {
  readonly #root: () => ParentNode;
  readonly #listener: ScrollerListener;
  readonly #resizes = new ResizeObserver(() => this.#resized());
  /** Where the reader was in what was in the list before. */
  readonly #places = new WeakMap<object, Anchor | undefined>();
  #shown: object = this;
  #list: HTMLElement | undefined;
  #atEnd = true;
  #anchor: Anchor | undefined;
  /** Asked for. */
  #frame: number | undefined;
  /** Where a correction has put the list, until the scroll event that follows from it. */
  #corrected: number | undefined;
  /** Where the list was when it was last looked at or moved; undefined while it is hidden. */
  #seen: number | undefined;

  constructor(host: ReactiveControllerHost, root: () => ParentNode, listener: ScrollerListener) {
    this.#root = root;
    this.#listener = listener;
    host.addController(this);
  }

  get atEnd(): boolean {
    return this.#atEnd;
  }

  /** The row that the reader is at is not drawn, or not yet. */
  get isLost(): boolean {
    return this.#list !== undefined && this.#anchor !== undefined && !this.#rowOf(this.#list, this.#anchor.key);
  }

  hostUpdate(): void {
    // Where the reader has just scrolled to, before rows are put there: afterwards it would be another place.
    if (this.#list && this.#wasScrolled(this.#list)) this.#take(this.#list);
  }

  hostUpdated(): void {
    const list = this.#root().querySelector<HTMLElement>('.list') ?? undefined;
    if (list !== this.#list) this.#observe(list);
    if (this.#atEnd) this.#inFrame();
    else {
      if (list && this.#wasScrolled(list)) this.#take(list);
      this.#restore();
    }
  }

  /** An element that is only moved goes on where it was, though the browser puts its list back to the beginning. */
  hostDisconnected(): void {
    this.#resizes.disconnect();
    this.#list = undefined;
    this.#seen = undefined;
  }

  /** What is in the list from the next update on. The reader is where they left it; at first that is the end. */
  show(what: object): void {
    if (what === this.#shown) return;
    if (this.#list && this.#wasScrolled(this.#list)) this.#take(this.#list);
    this.#places.set(this.#shown, this.#atEnd ? undefined : this.#anchor);
    this.#shown = what;
    this.#anchor = this.#places.get(what);
    this.#atEnd = !this.#anchor;
  }

  /** To the end, and stays there. */
  toEnd(): void {
    if (this.#atEnd) this.#inFrame();
    else {
      this.#setAtEnd(true);
      this.#restore();
    }
  }

  /**
   * There is no place to keep: another part of the channel is about to be shown. Returns what goes back, unless the reader has
   * gone somewhere themselves.
   */
  release(): () => void {
    const { atEnd } = this;
    const [shown, anchor] = [this.#shown, this.#anchor];
    this.#anchor = undefined;
    this.#setAtEnd(false);
    return () => {
      if (this.#shown !== shown || this.#anchor || this.#atEnd) return;
      this.#anchor = anchor;
      this.#setAtEnd(atEnd);
      this.#restore();
    };
  }

  /** Brings a row into sight, with as little movement as that takes or into the middle, and keeps it there. */
  reveal(row: HTMLElement, where: 'nearest' | 'middle' | 'top'): void {
    const list = this.#list;
    if (!list) return;
    const top = row.offsetTop - revealMarginPx;
    const bottom = row.offsetTop + row.offsetHeight + revealMarginPx - list.clientHeight;
    if (where === 'middle') list.scrollTop = (top + bottom) / 2;
    else if (where === 'top' || list.scrollTop > top || row.offsetHeight > list.clientHeight) list.scrollTop = top;
    else if (list.scrollTop < bottom) list.scrollTop = bottom;
    this.#corrected = undefined;
    this.scrolled();
  }

  /** The list was scrolled, by whomever. */
  scrolled(): void {
    const list = this.#list;
    // Of one's own corrections it is told a frame later, when there may be more rows below the end.
    if (!list || !this.#wasScrolled(list)) return;
    this.#take(list);
    this.#lookAhead(list, true);
  }

  /** The place to keep is where the list is. */
  #take(list: HTMLElement): void {
    const atEnd = list.scrollHeight - list.clientHeight - list.scrollTop <= endTolerancePx;
    // After a correction the place to keep is still what the reader chose: taken anew, the rounding of each would add up.
    if (list.scrollTop !== this.#corrected) this.#anchor = atEnd ? undefined : this.#findAnchor(list);
    this.#corrected = undefined;
    this.#see(list);
    this.#setAtEnd(atEnd);
  }

  /** While the reader scrolls nothing has to be kept: the event that follows takes the place anew. */
  #resized(): void {
    if (this.#list && !this.#wasScrolled(this.#list)) this.#restore();
  }

  /**
   * The end is gone to with the next frame, which lays out what was drawn before it is seen: to ask for sizes at once makes
   * one long task of both.
   */
  #inFrame(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#resized();
    });
  }

  #observe(list: HTMLElement | undefined): void {
    this.#resizes.disconnect();
    this.#list = list;
    this.#seen = undefined;
    if (!list) {
      // A list that is shown anew starts at the end.
      this.#anchor = undefined;
      this.#atEnd = true;
      return;
    }
    this.#resizes.observe(list);
    if (list.firstElementChild) this.#resizes.observe(list.firstElementChild);
  }

  #restore(): void {
    const list = this.#list;
    if (!list) return;
    if (this.#atEnd) {
      list.scrollTop = list.scrollHeight;
    } else if (this.#anchor) {
      const row = this.#rowOf(list, this.#anchor.key);
      if (row) this.#correct(list, offsetOf(row, list) - this.#anchor.offset);
    }
    this.#see(list);
    this.#lookAhead(list, false);
  }

  #see(list: HTMLElement): void {
    this.#seen = list.clientHeight === 0 ? undefined : list.scrollTop;
  }

  /**
   * The reader scrolled, and the event that says so is still to come. Where rows were taken away the browser may have moved
   * the list itself: that stays its doing, however many rows come behind.
   */
  #wasScrolled(list: HTMLElement): boolean {
    if (this.#seen === undefined) return false;
    this.#seen = Math.min(this.#seen, list.scrollHeight - list.clientHeight);
    return Math.abs(list.scrollTop - this.#seen) >= 1;
  }

  #correct(list: HTMLElement, byPx: number): void {
    const before = list.scrollTop;
    list.scrollTop += byPx;
    if (list.scrollTop !== before) this.#corrected = list.scrollTop;
  }

  #lookAhead(list: HTMLElement, byReader: boolean): void {
    if (list.clientHeight === 0) return;
    if (list.scrollTop < pageAheadPx) this.#listener.nearStart(byReader);
    if (list.scrollHeight - list.clientHeight - list.scrollTop < pageAheadPx) this.#listener.nearEnd(byReader);
  }

  /** The first row that is wholly or partly in sight. */
  #findAnchor(list: HTMLElement): Anchor | undefined {
    const rows = list.querySelectorAll<HTMLElement>('[data-key]');
    let low = 0;
    let high = rows.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = rows[middle];
      if (row && row.offsetTop + row.offsetHeight <= list.scrollTop) low = middle + 1;
      else high = middle;
    }
    const row = rows[low];
    return row?.dataset.key === undefined ? undefined : { key: row.dataset.key, offset: offsetOf(row, list) };
  }

  #rowOf(list: HTMLElement, key: string): HTMLElement | undefined {
    return list.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`) ?? undefined;
  }

  #setAtEnd(atEnd: boolean): void {
    if (atEnd === this.#atEnd) return;
    this.#atEnd = atEnd;
    this.#listener.endReached(atEnd);
  }
}

function offsetOf(row: HTMLElement, list: HTMLElement): number {
  return row.getBoundingClientRect().top - list.getBoundingClientRect().top;
}
