import { css } from './css.ts';

/** The sheet with the members. */
export const members = css`
  .sheet .titles {
    min-height: 0;
  }
  .sheet .text-button {
    flex: none;
    font-size: 0.8125rem;
  }
  .whole-title {
    margin-block: 6px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .members {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .member {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 10px;
    min-height: 52px;
    padding-block: 7px;
  }
  .member + .member {
    border-block-start: 1px solid var(--_line);
  }
  .member .avatar {
    flex: none;
  }
  .member-text {
    flex: 1 1 8rem;
    min-width: 0;
    line-height: 1.35;
  }
  .member-actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 2px 6px;
    margin-inline-start: auto;
  }
  .sheet .confirmation {
    display: block;
    margin-inline-start: -6px;
    color: var(--_danger);
  }
  /* Their places stay, so that "Cancel" is where "Remove" was. */
  .member:has(.confirmation) :is([part="mute"], [part="privately"]) {
    visibility: hidden;
  }
  .member-name {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 7px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .member small {
    color: var(--_soft);
    font-size: 0.8125rem;
    font-weight: 400;
  }
  .member[data-state="online"] .member-text > small::before {
    display: inline-block;
    margin-inline-end: 5px;
    border: 4px solid var(--_accent);
    border-radius: 50%;
    content: "";
  }
  .meeting {
    display: grid;
    gap: 5px;
    margin-block: 6px 10px;
    padding-block-end: 16px;
    border-block-end: 1px solid var(--_line);
    font-size: 0.875rem;
  }
  .meeting label {
    margin-block-start: 4px;
    color: var(--_soft);
    font-weight: 560;
  }
  .meeting-row {
    display: flex;
    gap: 8px;
  }
  .meeting input,
  .meeting select {
    flex: 1;
    width: 100%;
    min-width: 0;
    min-height: 38px;
    padding: 4px 10px;
    border: 1px solid var(--_soft);
    border-radius: 10px;
    background: var(--_surface);
    color: inherit;
    font: inherit;
  }
  .meeting .choice {
    flex: none;
    min-height: 38px;
    padding: 0 14px;
    border: 1px solid var(--_line);
    border-radius: 10px;
    background: var(--_raised);
    font-weight: 600;
  }
  /* As high as a finger needs it. */
  @media (pointer: coarse) {
    .member .text-button {
      min-width: 44px;
      min-height: 44px;
      padding-inline: 10px;
    }
    .sheet .confirmation {
      margin-block: -6px;
      margin-inline-start: -10px;
    }
  }
`;
