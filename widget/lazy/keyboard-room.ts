import type { LitElement, ReactiveController } from 'lit';

/** What covers less of the page than this is no keyboard. */
const keyboardMinPx = 100;

/**
 * Keeps the floating panel in the part of the page that an on-screen keyboard leaves free: what is fixed to the bottom of the
 * page would lie behind it. By a style sheet of script's own: inline styles may be forbidden.
 */
export class KeyboardRoom implements ReactiveController {
  readonly #sheet = new CSSStyleSheet();
  #ends: AbortController | undefined;

  constructor(element: LitElement) {
    element.shadowRoot?.adoptedStyleSheets.push(this.#sheet);
    element.addController(this);
  }

  hostConnected(): void {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    visualViewport?.addEventListener('resize', () => this.#place(), { signal });
    visualViewport?.addEventListener('scroll', () => this.#place(), { signal });
    this.#place();
  }

  hostDisconnected(): void {
    this.#ends?.abort();
  }

  #place(): void {
    const { height = innerHeight, offsetTop = 0, scale = 1 } = visualViewport ?? {};
    // Whoever has zoomed in looks at a part of the panel, which must not shrink with it.
    const isKeyboard = innerHeight - height >= keyboardMinPx && Math.abs(scale - 1) < 0.01;
    this.#sheet.replaceSync(isKeyboard ? between(offsetTop, height) : '');
  }
}

/** The panel inside of what is free; on a phone it is all of it. */
function between(topPx: number, heightPx: number): string {
  const panel = ':host(:not([placement="inline"])) .panel';
  const below = Math.round(innerHeight - topPx - heightPx);
  return `
    ${panel} { inset-block-end: ${below + 8}px; max-height: ${Math.round(heightPx) - 16}px }
    @media (width < 480px) or (height < 400px) { ${panel} { inset-block: ${Math.round(topPx)}px ${below}px; max-height: none } }`;
}
