import { css } from './css.ts';

/** The public properties with their defaults, and all that follows from them. */
export const theme = css`
  /* Important, here and in the panel's sheet, is what a page's reset such as "* { all: unset }" must not take away. */
  :host {
    color-scheme: light dark !important;
    font: medium system-ui !important;
    --_accent: var(--mc-accent, light-dark(#0f6b5c, #66d0bb));
    --_on-accent: var(--mc-on-accent, light-dark(#fff, #06251f));
    --_surface: var(--mc-surface, light-dark(#fff, #16191c));
    --_raised: var(--mc-surface-raised, light-dark(#f2f4f4, #24282c));
    --_own: var(--mc-own, light-dark(#dcf0eb, #1c3f38));
    --_text: var(--mc-text, light-dark(#1b1f1e, #eceeed));
    --_soft: var(--mc-text-soft, light-dark(#59615f, #a5adab));
    --_line: var(--mc-line, light-dark(#e1e6e4, #32383c));
    --_danger: var(--mc-danger, light-dark(#ad2417, #ff9d8f));
    --_warn: var(--mc-warning, light-dark(#fdf1dc, #3b2f17));
    --_on-warn: var(--mc-on-warning, light-dark(#664200, #f6dca6));
    --_radius: var(--mc-radius, 14px);
    --_font-size: var(--mc-font-size, 0.9375rem);
    --_ring: 0 0 0 2px var(--_surface), 0 0 0 4px var(--_accent);
    --_shadow: var(--mc-shadow, 0 1px 2px rgb(0 0 0 / 8%), 0 12px 40px rgb(0 0 0 / 18%));
    --_launcher: var(--mc-launcher-size, 56px);
  }
  .root {
    color: var(--_text);
    font: var(--_font-size) / var(--mc-line-height, 1.45) var(--mc-font, system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif);
    hyphens: manual;
    letter-spacing: normal;
    overflow-wrap: normal;
    text-align: start;
    text-indent: 0;
    text-shadow: none;
    text-transform: none;
    -webkit-user-select: text;
    user-select: text;
    white-space: normal;
    word-break: normal;
    word-spacing: normal;
  }
  :host([theme="light"]) {
    color-scheme: light !important;
  }
  :host([theme="dark"]) {
    color-scheme: dark !important;
  }
  :host([hidden]) {
    display: none !important;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  button,
  textarea {
    color: inherit;
    font: inherit;
    letter-spacing: inherit;
  }
  button {
    cursor: pointer;
    touch-action: manipulation;
  }
  svg {
    display: block;
    flex: none;
  }
  :focus-visible {
    outline: 2px solid transparent;
    box-shadow: var(--_ring);
  }
  /* Else a picture keeps the colour that it has from here. */
  @media (forced-colors: active) {
    svg {
      forced-color-adjust: auto;
    }
  }
  /* Here for every sheet, also those that come later. */
  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation: none !important;
      transition: none !important;
    }
  }
  .hidden,
  ::slotted([slot="announcer"]) {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
