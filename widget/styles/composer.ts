import { css } from './css.ts';

/** Where one writes. */
export const composer = css`
  .composer {
    flex: none;
    padding: 0 12px max(12px, env(safe-area-inset-bottom));
  }
  .field {
    display: flex;
    align-items: flex-end;
    gap: 6px;
    padding: 5px;
    border: 1px solid var(--_line);
    border-radius: var(--mc-input-radius, 20px);
    background: var(--_raised);
    transition: border-color 120ms;
  }
  .field:focus-within {
    border-color: var(--_accent);
    box-shadow: 0 0 0 1px var(--_accent);
  }
  /* The box grows with its text: an invisible copy of the text gives the height, and needs no script. */
  .grow {
    display: grid;
    flex: 1;
    min-width: 0;
    max-height: min(11rem, 34cqh, 34vh);
    overflow: hidden;
  }
  .grow::after {
    visibility: hidden;
    content: attr(data-text) " ";
  }
  .grow::after,
  textarea {
    grid-area: 1 / 1;
    min-width: 0;
    min-height: 0;
    max-height: inherit;
    margin: 0;
    padding: 6px 10px;
    border: 0;
    font: inherit;
    line-height: 1.45;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  textarea {
    overflow: auto;
    background: none;
    color: inherit;
    outline: none;
    resize: none;
    scrollbar-width: thin;
  }
  textarea:focus-visible {
    box-shadow: none;
  }
  textarea::placeholder {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    color: var(--_soft);
    opacity: 1;
  }
  .send {
    display: grid;
    flex: none;
    width: 34px;
    height: 34px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_on-accent);
    place-items: center;
    transition: background-color 120ms;
  }
  .send:disabled {
    background: none;
    color: var(--_soft);
    cursor: default;
  }
  .room,
  .closed {
    font-size: 0.875rem;
  }
  .room {
    padding: 0 8px 6px;
    color: var(--_soft);
  }
  .room[role] {
    color: var(--_danger);
  }
  .closed {
    flex: none;
    padding: 14px 18px max(14px, env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--_line);
    color: var(--_soft);
    text-align: center;
  }
  /* Smaller text in a field makes phones zoom in. */
  @media (pointer: coarse) {
    .grow::after,
    textarea {
      font-size: max(16px, 1em);
    }
  }
  @media (forced-colors: active) {
    .send {
      border: 1px solid ButtonText;
    }
    .field:focus-within {
      outline: 2px solid Highlight;
    }
  }
`;
