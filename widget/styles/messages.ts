import { css } from './css.ts';

/** The list and what stands in it. */
export const messages = css`
  .stage {
    position: relative;
    flex: 1;
    min-height: 0;
  }
  .list {
    position: relative;
    height: 100%;
    overflow: hidden auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
    scrollbar-color: var(--_line) transparent;
    scrollbar-width: thin;
  }
  .list:focus-visible {
    box-shadow: inset 0 0 0 2px var(--_accent);
  }
  .rows {
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    min-height: 100%;
    padding: 10px var(--mc-padding, 14px) 8px;
  }
  .rows[data-settling] {
    visibility: hidden;
  }
  /* Whole pixels, so that no row's height is a fraction: a list can be scrolled by whole pixels only, and the reader's place
     would move by the rest. */
  .rows * {
    line-height: round(calc(1em * var(--mc-line-height, 1.45)), 1px);
  }
  .message {
    display: flex;
    gap: 9px;
    padding: 1px 2px 2px;
    contain: content;
  }
  .message[data-first] {
    padding-block-start: var(--mc-gap, 11px);
  }
  .gutter {
    flex: none;
    width: var(--mc-avatar-size, 32px);
  }
  .avatar {
    display: grid;
    width: var(--mc-avatar-size, 32px);
    height: var(--mc-avatar-size, 32px);
    border-radius: 50%;
    background: light-dark(var(--_tint), color-mix(in oklab, var(--_tint) 26%, #16191c));
    color: light-dark(color-mix(in oklab, var(--_tint) 30%, #000), var(--_tint));
    font-size: 0.75rem;
    font-weight: 650;
    letter-spacing: 0.01em;
    place-items: center;
    --_tint: #cfe3ff;
  }
  .avatar[data-hue="1"] {
    --_tint: #ffdcc8;
  }
  .avatar[data-hue="2"] {
    --_tint: #d5eccb;
  }
  .avatar[data-hue="3"] {
    --_tint: #ead9fb;
  }
  .avatar[data-hue="4"] {
    --_tint: #c9ecef;
  }
  .avatar[data-hue="5"] {
    --_tint: #ffd7e3;
  }
  .avatar[data-hue="6"] {
    --_tint: #f5e3ad;
  }
  .avatar[data-hue="7"] {
    --_tint: #dcdff7;
  }
  .body {
    display: flex;
    flex: 1;
    flex-direction: column;
    align-items: flex-start;
    min-width: 0;
  }
  .message[data-own] .body {
    align-items: flex-end;
  }
  .meta {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 7px;
    max-width: 100%;
    margin-block-end: 3px;
    font-size: 0.8125rem;
  }
  .name {
    overflow: hidden;
    font-weight: 620;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .role {
    padding: 0 7px;
    border: 1px solid color-mix(in srgb, var(--_accent) 38%, transparent);
    border-radius: 99px;
    color: var(--_accent);
    font-size: 0.71875rem;
    font-weight: 620;
  }
  time {
    color: var(--_soft);
    font-size: 0.78125rem;
    font-variant-numeric: tabular-nums;
  }
  .line {
    display: flex;
    align-items: flex-end;
    gap: 5px;
    max-width: min(100%, 36rem);
  }
  .message[data-own] .line {
    max-width: min(88%, 36rem);
  }
  .bubble {
    min-width: 0;
    padding: 7px 12px 8px;
    border-radius: var(--_radius);
    background: var(--_raised);
  }
  .message[data-first] .bubble {
    border-start-start-radius: 5px;
  }
  .message[data-own] .bubble {
    border-start-start-radius: var(--_radius);
    background: var(--_own);
  }
  .message[data-own][data-first] .bubble {
    border-start-end-radius: 5px;
  }
  .message[data-state="sending"] .bubble {
    background: color-mix(in srgb, var(--_own) 62%, var(--_surface));
  }
  .message[data-state="failed"] .bubble {
    box-shadow: inset 0 0 0 1px var(--_danger);
  }
  .text {
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    unicode-bidi: plaintext;
  }
  .gone {
    color: var(--_soft);
    font-style: italic;
  }
  .edited {
    color: var(--_soft);
    font-size: 0.75rem;
  }
  mark {
    padding: 0 3px;
    border-radius: 5px;
    background: color-mix(in srgb, var(--_accent) 16%, transparent);
    color: inherit;
    font-weight: 560;
  }
  mark[data-me] {
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .message[data-mentions-me] .bubble {
    border-inline-start: 4px solid var(--_accent);
  }
  a {
    color: light-dark(color-mix(in srgb, var(--_accent) 88%, #000), var(--_accent));
    text-decoration-thickness: 1px;
    text-underline-offset: 2px;
  }
  a:hover {
    text-decoration-thickness: 2px;
  }
  a:focus-visible {
    border-radius: 3px;
  }
  .state {
    flex: none;
    margin-block-end: 9px;
    color: var(--_soft);
  }
  .state svg {
    width: 15px;
    height: 15px;
  }
  .message[data-state="failed"] :is(.state, .failure) {
    color: var(--_danger);
  }
  .failure {
    display: flex;
    color: var(--_soft);
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 0 4px;
    margin-block-start: 3px;
    font-size: 0.8125rem;
  }
  .day {
    display: flex;
    align-items: center;
    gap: 12px;
    margin-block: 14px 4px;
    color: var(--_soft);
    font-size: 0.78125rem;
    font-weight: 560;
  }
  /* A border, because forced colours take backgrounds away. */
  .day::before,
  .day::after {
    flex: 1;
    border-block-start: 1px solid var(--_line);
    content: "";
  }
  .day span::first-letter {
    text-transform: uppercase;
  }
  .day span {
    display: inline-block;
  }
  .older {
    padding: 8px;
    color: var(--_soft);
    font-size: 0.8125rem;
    text-align: center;
  }
  .empty {
    display: grid;
    gap: 4px;
    max-width: 17rem;
    margin: auto;
    padding: 24px 0;
    color: var(--_soft);
    font-size: 0.875rem;
    justify-items: center;
    text-align: center;
    text-wrap: balance;
  }
  ::slotted([slot="empty"]) {
    margin: auto;
  }
  .empty svg {
    width: 34px;
    height: 34px;
    margin-block-end: 6px;
    stroke-width: 1.1;
    color: var(--_accent);
  }
  .empty strong {
    color: var(--_text);
    font-size: var(--_font-size);
    font-weight: 620;
  }
  .new {
    position: absolute;
    inset-block-end: 12px;
    inset-inline: 0;
    display: flex;
    align-items: center;
    gap: 6px;
    width: fit-content;
    min-width: 36px;
    min-height: 36px;
    margin-inline: auto;
    padding-block: 0;
    padding-inline: 10px 14px;
    border: 1px solid transparent;
    border-radius: 99px;
    background: var(--_accent);
    box-shadow: 0 2px 10px rgb(0 0 0 / 18%);
    color: var(--_on-accent);
    font-size: 0.875rem;
    font-weight: 600;
  }
  .new[part="to-end"] {
    padding: 0 7px;
    border-color: var(--_line);
    background: var(--_surface);
    color: var(--_soft);
  }
  .new svg {
    width: 18px;
    height: 18px;
  }
  @media (forced-colors: active) {
    .bubble,
    .avatar {
      border: 1px solid CanvasText;
    }
    .message[data-own] .bubble {
      border-width: 2px;
    }
  }
`;
