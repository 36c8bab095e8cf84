import { css } from './css.ts';

/** The list of what waits for an organizer, and the sign that something does. */
export const held = css`
  .held-sign {
    display: flex;
    flex: none;
    align-items: center;
    gap: 8px;
    min-height: 38px;
    padding: 6px 18px;
    border: 0;
    border-block-end: 1px solid var(--_line);
    background: var(--_warn);
    color: var(--_on-warn);
    font-size: 0.875rem;
    font-weight: 600;
    line-height: 1.35;
    text-align: start;
  }
  .held-sign span {
    min-width: 0;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 3px;
  }
  .held-sign:hover span {
    text-decoration-thickness: 2px;
  }
  .held-sign:focus-visible {
    outline-offset: -4px;
    box-shadow: inset 0 0 0 2px var(--_warn), inset 0 0 0 4px var(--_on-warn);
  }
  .sheet .titles {
    min-height: 0;
  }
  .held-state {
    margin: 6px 0;
    color: var(--_soft);
    font-size: 0.875rem;
  }
  .held-state:empty {
    display: none;
  }
  .held-list {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .held-message {
    display: flex;
    gap: 10px;
    padding-block: 10px;
  }
  .held-message + .held-message {
    border-block-start: 1px solid var(--_line);
  }
  .held-message .avatar {
    flex: none;
  }
  .held-text {
    flex: 1;
    min-width: 0;
  }
  .held-meta {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 10px;
    font-size: 0.8125rem;
    font-weight: 620;
  }
  .held-meta bdi {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .held-meta time {
    color: var(--_soft);
    font-weight: 400;
  }
  .held-text p {
    margin: 2px 0 4px;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .held-actions {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    margin-inline-start: -6px;
  }
  .held-actions .text-button {
    min-height: 28px;
    font-size: 0.8125rem;
  }
  .held-actions [part="refuse"] {
    color: var(--_danger);
  }
  /* As high as a finger needs it. */
  @media (pointer: coarse) {
    .held-sign,
    .held-actions .text-button {
      min-width: 44px;
      min-height: 44px;
    }
  }
`;
