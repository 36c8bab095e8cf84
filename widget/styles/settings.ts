import { css } from './css.ts';

/** The sheet with the settings. */
export const settings = css`
  .setting {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 14px;
    min-height: 56px;
    padding-block: 8px;
    border-block-end: 1px solid var(--_line);
    font-size: 0.9375rem;
  }
  .setting:last-child {
    border: 0;
  }
  .setting > span {
    flex: 1 1 9rem;
    font-weight: 560;
    line-height: 1.35;
  }
  .setting small {
    display: block;
    color: var(--_soft);
    font-size: 0.8125rem;
    font-weight: 400;
  }
  .setting input {
    flex: none;
    width: 24px;
    height: 24px;
    margin: 0;
    accent-color: var(--_accent);
  }
  .setting select {
    flex: 0 1 auto;
    min-width: 8rem;
    max-width: 100%;
    min-height: 38px;
    padding: 4px 10px;
    border: 1px solid var(--_soft);
    border-radius: 10px;
    background: var(--_surface);
    color: inherit;
    font: inherit;
  }
`;
