import { css } from './css.ts';

/** The switcher, and the colour of private conversations. */
export const conversations = css`
  .panel[data-kind="direct"] {
    --_accent: var(--mc-private, light-dark(#7a2e94, #dfaef2));
    --_on-accent: var(--mc-on-private, light-dark(#fff, #2f0a3b));
    --_own: var(--mc-private-own, light-dark(#f3e1f9, #43264d));
    --_tinted: var(--mc-private-surface, light-dark(#faf1fd, #291b2f));
    --_ring: 0 0 0 2px var(--_surface), 0 0 0 4px var(--_accent);
  }
  .panel[data-kind="direct"] .main > .header {
    padding-block-end: 8px;
    border-block-end: 2px solid var(--_accent);
    background: var(--_tinted);
  }
  .subtitle[data-state="offline"]::before {
    display: none;
  }
  .recipient {
    display: flex;
    flex: none;
    align-items: center;
    gap: 6px;
    margin: 0 12px 6px;
    padding: 4px 10px;
    border-radius: 10px;
    background: var(--_tinted);
    color: var(--_accent);
    font-size: 0.8125rem;
    font-weight: 620;
    overflow-wrap: anywhere;
  }
  .titles h2:has(.heading) {
    overflow: visible;
  }
  /* High enough to be hit, and no higher in the header than the text that was there before. */
  .heading {
    display: flex;
    align-items: center;
    gap: 6px;
    width: fit-content;
    max-width: calc(100% + 6px);
    height: 26px;
    margin-block: calc(0.65em - 13px);
    margin-inline-start: -6px;
    padding: 0 6px;
    border: 0;
    border-radius: 8px;
    background: none;
    font: inherit;
    letter-spacing: inherit;
  }
  .heading:hover {
    background: var(--_raised);
  }
  .heading bdi {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .panel[data-kind="direct"] .heading > :is(svg, bdi) {
    color: var(--_accent);
  }
  .count {
    flex: none;
    min-width: 22px;
    padding: 0 6px;
    border-radius: 99px;
    background: var(--mc-badge, light-dark(#b3261e, #ffb4aa));
    color: var(--mc-on-badge, light-dark(#fff, #47100b));
    font-size: 0.75rem;
    font-weight: 700;
    line-height: 20px;
    text-align: center;
  }
  .switcher,
  .switcher-back {
    position: absolute;
    inset: 0;
    z-index: 4;
  }
  .conversations {
    position: absolute;
    inset-block-start: calc(var(--mc-header-height, 56px) + 10px);
    inset-inline: 10px;
    z-index: 5;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 2px;
    max-width: 24rem;
    max-height: calc(100% - var(--mc-header-height, 56px) - 20px);
    overflow: auto;
    padding: 6px;
    border: 1px solid var(--_line);
    border-radius: 14px;
    background: var(--_surface);
    box-shadow: var(--_shadow);
    animation: appear 120ms;
  }
  .conversation {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 52px;
    padding: 6px 8px;
    border: 0;
    border-radius: 10px;
    background: none;
    text-align: start;
  }
  .conversation:is(:hover, :focus-visible) {
    background: var(--_raised);
  }
  .conversation[aria-checked="true"] {
    background: var(--_own);
  }
  .conversation .avatar,
  .conversation-icon {
    flex: none;
  }
  .conversation-icon {
    display: grid;
    width: var(--mc-avatar-size, 32px);
    height: var(--mc-avatar-size, 32px);
    border-radius: 50%;
    background: var(--_raised);
    color: var(--_soft);
    place-items: center;
  }
  .conversation-text {
    flex: 1;
    min-width: 0;
    line-height: 1.35;
  }
  .conversation-name {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 8px;
    font-weight: 620;
    overflow-wrap: anywhere;
  }
  .conversation-name small {
    color: var(--_soft);
    font-size: 0.78125rem;
    font-weight: 400;
  }
  .conversation[data-kind="direct"] small {
    color: var(--mc-private, light-dark(#7a2e94, #dfaef2));
    font-weight: 600;
  }
  .conversation-last {
    display: block;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    overflow: hidden;
    color: var(--_soft);
    font-size: 0.84375rem;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  @media (forced-colors: active) {
    .count,
    .recipient,
    .conversation[aria-checked="true"] {
      border: 1px solid currentColor;
    }
  }
`;
