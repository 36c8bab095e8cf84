import { css } from './css.ts';

/** What a message can carry besides its text, and what the composer says about a message. */
export const messageParts = css`
  .message {
    border-radius: 10px;
  }
  .message:focus-visible {
    box-shadow: inset 0 0 0 2px var(--_accent);
  }
  .message[data-flash] .bubble {
    animation: flash 1600ms;
  }
  .more {
    display: grid;
    flex: none;
    align-self: center;
    width: 28px;
    height: 28px;
    padding: 0;
    border: 0;
    border-radius: 8px;
    background: none;
    color: var(--_soft);
    place-items: center;
  }
  /* The icon and not the button, which a screen reader finds; and not by opacity, which makes a layer of each of them. */
  .message:not(:hover, :focus-within) .more svg {
    display: none;
  }
  .more:hover {
    background: var(--_raised);
    color: var(--_text);
  }
  .quote {
    display: block;
    width: 100%;
    min-height: 24px;
    margin-block: 2px 6px;
    padding: 4px 9px;
    overflow: hidden;
    border: 0;
    border-inline-start: 3px solid var(--_accent);
    border-radius: 5px;
    background: color-mix(in srgb, var(--_text) 5%, transparent);
    font-size: 0.8125rem;
    text-align: start;
  }
  .quoted-name {
    display: block;
    font-weight: 620;
  }
  .quoted-text {
    display: -webkit-box;
    overflow: hidden;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .state[data-reach="read"] {
    color: var(--_accent);
  }
  /* Bolder, too: colour alone would tell some readers nothing. */
  .state[data-reach="read"] svg {
    stroke-width: 2.5;
  }
  .unread {
    display: flex;
    align-items: center;
    gap: 10px;
    margin-block: 10px 2px;
    color: var(--_accent);
    font-size: 0.78125rem;
    font-weight: 650;
  }
  .unread::before,
  .unread::after {
    flex: 1;
    border-block-start: 1px solid;
    content: "";
    opacity: 0.5;
  }
  .typing {
    flex: none;
    height: 1.35rem;
    margin-inline: 20px;
    overflow: hidden;
    color: var(--_soft);
    font-size: 0.8125rem;
    line-height: 1.35rem;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .reactions {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin-block: 4px 2px;
  }
  .reaction {
    display: flex;
    align-items: center;
    gap: 5px;
    min-height: 26px;
    padding: 0 8px;
    border: 1px solid var(--_line);
    border-radius: 99px;
    background: var(--_surface);
    font-size: 0.78125rem;
    font-variant-numeric: tabular-nums;
  }
  .reaction span {
    font-size: 0.9375rem;
    line-height: 1;
  }
  .reaction[aria-pressed="true"] {
    border-color: var(--_accent);
    background: var(--_own);
    font-weight: 620;
  }
  .purpose {
    display: flex;
    align-items: center;
    gap: 10px;
    padding-block-end: 6px;
    padding-inline: 10px 2px;
    color: var(--_accent);
    font-size: 0.8125rem;
    line-height: 1.4;
  }
  .purpose-text {
    flex: 1;
    min-width: 0;
  }
  .purpose-text > * {
    display: block;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .purpose-text span {
    color: var(--_soft);
  }
  .notice {
    position: absolute;
    inset-block-end: 84px;
    inset-inline: 12px;
    z-index: 5;
    width: fit-content;
    margin-inline: auto;
    padding: 4px 13px;
    border: 1px solid transparent;
    border-radius: 99px;
    background: var(--_text);
    color: var(--_surface);
    font-size: 0.8125rem;
    text-align: center;
    /* What it lies over can be pressed. */
    pointer-events: none;
    animation: appear 160ms;
  }
  @keyframes flash {
    20%,
    60% {
      box-shadow: 0 0 0 3px var(--_accent);
    }
  }
  @media (hover: none) {
    .message:not(:hover, :focus-within) .more svg {
      display: block;
    }
  }
  @media (forced-colors: active) {
    .message[data-flash] .bubble {
      outline: 3px solid Highlight;
    }
    .reaction[aria-pressed="true"] {
      border-width: 2px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .message[data-flash] .bubble {
      box-shadow: 0 0 0 3px var(--_accent);
    }
  }
`;
