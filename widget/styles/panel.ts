import { css } from './css.ts';

/** Where the element stands, and the frame around list and composer. */
export const panel = css`
  :host([placement="inline"]) {
    display: block;
    width: 100%;
    min-width: 0;
    height: 100%;
    min-height: var(--mc-min-height, 16rem);
    /* Where its box has no height of its own, the messages give it none either: with each page it would grow, and show the next one. */
    contain: layout size;
    contain-intrinsic-height: 30rem;
  }
  :host([placement="inline"]) .root {
    position: absolute;
    inset: 0;
    padding: inherit;
  }
  :host(:not([placement="inline"])) {
    position: fixed !important;
    inset: auto !important;
    inset-block-end: var(--mc-offset, 20px) !important;
    inset-inline-end: var(--mc-offset, 20px) !important;
    z-index: var(--mc-z, 2147483000) !important;
    width: auto !important;
    height: auto !important;
    margin: 0 !important;
    padding: 0 !important;
    border: 0 !important;
  }
  /* The side of the page's direction, which the launcher has too: the texts' own may be the other one. */
  :host {
    --_left: auto;
    --_right: var(--mc-offset, 20px);
  }
  :host(:dir(rtl)) {
    --_left: var(--mc-offset, 20px);
    --_right: auto;
  }
  .panel {
    position: relative;
    display: flex;
    flex-direction: column;
    height: 100%;
    min-height: inherit;
    overflow: hidden;
    background: var(--_surface);
    container-type: inline-size;
  }
  :host(:not([placement="inline"])) .panel {
    position: fixed;
    inset-block-end: calc(var(--mc-offset, 20px) + var(--_launcher) + 12px);
    left: var(--_left);
    right: var(--_right);
    width: var(--mc-panel-width, 400px);
    max-width: calc(100vw - 2 * var(--mc-offset, 20px));
    height: var(--mc-panel-height, 640px);
    max-height: calc(100dvh - 2 * var(--mc-offset, 20px) - var(--_launcher) - 12px);
    border: 1px solid var(--_line);
    border-radius: var(--mc-panel-radius, 18px);
    box-shadow: var(--_shadow);
    animation: rise 180ms cubic-bezier(0.2, 0.8, 0.3, 1);
  }
  /* A box of its own would only stand between the panel and its parts. */
  .main {
    display: contents;
  }
  .header {
    display: flex;
    flex: none;
    align-items: center;
    gap: 4px;
    min-height: var(--mc-header-height, 56px);
    padding-block: 9px;
    padding-inline: 18px 12px;
    border-block-end: 1px solid var(--_line);
  }
  .titles {
    flex: 1;
    min-width: 0;
  }
  /* Both lines, so that the title does not move when the second one comes. A sheet's title has only one. */
  div.titles {
    min-height: 2.42rem;
  }
  h2 {
    margin: 0;
    overflow: hidden;
    font-size: 1rem;
    font-weight: 650;
    letter-spacing: -0.01em;
    line-height: 1.3;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .subtitle {
    display: flex;
    align-items: center;
    gap: 6px;
    margin: 1px 0 0;
    color: var(--_soft);
    font-size: 0.8125rem;
    line-height: 1.3;
  }
  /* A border, because forced colours take backgrounds away. */
  .subtitle::before {
    flex: none;
    border: 4px solid var(--_accent);
    border-radius: 50%;
    content: "";
  }
  .icon-button {
    display: grid;
    flex: none;
    width: 36px;
    height: 36px;
    padding: 0;
    border: 0;
    border-radius: 10px;
    background: none;
    color: var(--_soft);
    place-items: center;
  }
  .icon-button:hover {
    background: var(--_raised);
    color: var(--_text);
  }
  .text-button {
    min-height: 24px;
    padding: 0 6px;
    border: 0;
    border-radius: 6px;
    background: none;
    font-weight: 600;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 3px;
  }
  .text-button:hover {
    text-decoration-thickness: 2px;
  }
  .banner {
    display: flex;
    flex: none;
    align-items: center;
    justify-content: space-between;
    gap: 4px 12px;
    min-height: 38px;
    padding-block: 6px;
    padding-inline: 18px 12px;
    border-block-end: 1px solid var(--_line);
    background: var(--_raised);
    color: var(--_soft);
    font-size: 0.875rem;
    line-height: 1.35;
  }
  .banner[data-tone="warn"] {
    border-color: transparent;
    background: var(--_warn);
    color: var(--_on-warn);
  }
  /* Most connections are there sooner than this: nobody needs to read that they come. */
  .banner[data-tone="calm"] {
    position: absolute;
    inset-block-start: 66px;
    inset-inline-start: 50%;
    z-index: 1;
    min-height: 30px;
    padding: 4px 14px;
    border: 1px solid var(--_line);
    border-radius: 99px;
    background: var(--_surface);
    translate: -50%;
    animation: appear 160ms 500ms both;
  }
  .banner[data-tone="calm"]:dir(rtl) {
    translate: 50%;
  }
  .banner .text-button {
    flex: none;
  }
  .launcher {
    position: relative;
    display: grid;
    width: var(--_launcher);
    height: var(--_launcher);
    padding: 0;
    border: 0;
    border-radius: var(--mc-launcher-radius, 50%);
    background: var(--_accent);
    box-shadow: 0 2px 6px rgb(0 0 0 / 16%), 0 8px 24px rgb(0 0 0 / 18%);
    color: var(--_on-accent);
    place-items: center;
    transition: scale 140ms;
  }
  .launcher svg {
    width: 26px;
    height: 26px;
  }
  .launcher:hover {
    scale: 1.05;
  }
  .badge {
    position: absolute;
    inset-block-start: -4px;
    inset-inline-end: -4px;
    min-width: 24px;
    padding: 0 6px;
    border: 2px solid var(--_surface);
    border-radius: 99px;
    background: var(--mc-badge, light-dark(#b3261e, #ffb4aa));
    color: var(--mc-on-badge, light-dark(#fff, #47100b));
    font-size: 0.75rem;
    font-weight: 700;
    line-height: 20px;
    text-align: center;
  }
  @keyframes rise {
    from {
      opacity: 0;
      translate: 0 10px;
    }
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  @media (width < 480px) or (height < 400px) {
    :host(:not([placement="inline"])) .panel {
      inset: 0;
      width: auto;
      max-width: none;
      height: auto;
      max-height: none;
      border: 0;
      border-radius: 0;
    }
    :host(:not([placement="inline"])[open]) .launcher {
      display: none;
    }
  }
  @media (forced-colors: active) {
    :focus-visible {
      outline-color: Highlight;
    }
    .launcher,
    .badge {
      border: 1px solid ButtonText;
    }
  }
`;
