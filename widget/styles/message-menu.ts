import { css } from './css.ts';

/** The menu of a message. */
export const messageMenu = css`
  .menu {
    position: absolute;
    inset-inline-start: 48px;
    z-index: 3;
    width: max-content;
    max-width: calc(100% - 24px);
    max-height: calc(100% - 8px);
    overflow: auto;
    padding: 5px;
    border: 1px solid var(--_line);
    border-radius: 14px;
    background: var(--_surface);
    box-shadow: var(--_shadow);
    font-size: 0.875rem;
    animation: appear 110ms;
  }
  .menu[data-own="true"] {
    inset-inline: auto 16px;
  }
  .quick {
    display: flex;
    flex-wrap: wrap;
    max-width: 228px;
    margin-block-end: 4px;
    padding-block-end: 4px;
    border-block-end: 1px solid var(--_line);
  }
  .emoji {
    width: 38px;
    height: 38px;
    padding: 0;
    border: 0;
    border-radius: 10px;
    background: none;
    font-size: 1.25rem;
    line-height: 1;
  }
  .emoji[aria-checked="true"] {
    background: var(--_own);
  }
  .item {
    display: block;
    width: 100%;
    min-height: 36px;
    padding: 0 11px;
    border: 0;
    border-radius: 9px;
    background: none;
    text-align: start;
  }
  .item[data-name="delete"] {
    color: var(--_danger);
  }
  .emoji:hover,
  .item:hover,
  .emoji:focus-visible,
  .item:focus-visible {
    background: var(--_raised);
  }
  .emoji:focus-visible,
  .item:focus-visible {
    box-shadow: inset 0 0 0 2px var(--_accent);
  }
  .ask {
    display: grid;
    gap: 8px;
    width: 15rem;
    max-width: 100%;
    padding: 8px;
  }
  .ask label,
  .ask span {
    font-weight: 620;
  }
  .ask small {
    color: var(--_soft);
    line-height: 1.35;
  }
  .ask input {
    width: 100%;
    min-height: 36px;
    padding: 4px 10px;
    border: 1px solid var(--_soft);
    border-radius: 9px;
    background: none;
    color: inherit;
    font: inherit;
    font-size: 1rem;
  }
  .choices {
    display: flex;
    justify-content: flex-end;
    gap: 8px;
  }
  .choice {
    min-height: 34px;
    padding: 0 13px;
    border: 1px solid var(--_line);
    border-radius: 9px;
    background: none;
    font-weight: 600;
  }
  @media (forced-colors: active) {
    .emoji[aria-checked="true"] {
      border: 2px solid Highlight;
    }
  }
  .choice.danger {
    border-color: transparent;
    background: var(--_danger);
    color: var(--_surface);
  }
`;
