import type { LitElement } from 'lit';

const gapPx = 4;

/** Puts the menu beside its message. It stays there whatever comes meanwhile: under a pointer no item may become another. */
export class MenuPlace {
  readonly #root: LitElement['renderRoot'];
  /** Of script's own: inline styles may be forbidden. */
  readonly #sheet = new CSSStyleSheet();
  #sizes: ResizeObserver | undefined;

  constructor({ renderRoot, shadowRoot }: LitElement) {
    this.#root = renderRoot;
    shadowRoot?.adoptedStyleSheets.push(this.#sheet);
  }

  /** And again when there is more or less room for it: a keyboard comes onto the screen, or the texts of a language arrive. */
  beside(row: HTMLElement): void {
    this.#sizes?.disconnect();
    const menu = this.#root.querySelector<HTMLElement>('.menu');
    const stage = menu?.parentElement;
    if (!menu || !stage) return;
    let before = '';
    const place = () => {
      const heights = `${menu.offsetHeight} of ${stage.offsetHeight}`;
      if (!menu.isConnected || heights === before) return;
      before = heights;
      this.#sheet.replaceSync(`.menu { inset-block-start: ${Math.round(placeOf(menu, stage, row))}px }`);
    };
    place();
    this.#sizes = new ResizeObserver(place);
    this.#sizes.observe(menu);
    this.#sizes.observe(stage);
  }
}

/** Below the row, or above it where there is more room. */
function placeOf(menu: HTMLElement, stage: HTMLElement, row: HTMLElement): number {
  const { top: stageTop, height: stageHeight } = stage.getBoundingClientRect();
  const { top, bottom } = row.getBoundingClientRect();
  const height = menu.offsetHeight;
  const below = bottom - stageTop + gapPx;
  const fitsBelow = below + height <= stageHeight;
  const wanted = fitsBelow ? below : top - stageTop - gapPx - height;
  return Math.max(gapPx, Math.min(wanted, stageHeight - height - gapPx));
}
