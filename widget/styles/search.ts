import { css } from './css.ts';

/** The sheet with the search. */
export const search = css`
  .search input {
    flex: 1;
    min-width: 0;
    min-height: 38px;
    padding: 4px 14px;
    border: 1px solid var(--_soft);
    border-radius: 99px;
    background: var(--_surface);
    color: inherit;
    font: inherit;
    font-size: 1rem;
  }
  .results {
    flex: 1;
    min-height: 0;
    overflow: auto;
    padding: 4px 10px 14px;
  }
  .result-count {
    margin: 6px 8px;
    color: var(--_soft);
    font-size: 0.8125rem;
  }
  .result {
    display: grid;
    gap: 1px;
    width: 100%;
    padding: 8px;
    border: 0;
    border-radius: 10px;
    background: none;
    text-align: start;
  }
  .result:hover {
    background: var(--_raised);
  }
  .result-meta {
    display: flex;
    justify-content: space-between;
    gap: 10px;
    font-size: 0.8125rem;
    font-weight: 620;
  }
  .result bdi {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .result time {
    flex: none;
    font-weight: 400;
  }
  .results .text-button {
    display: block;
    min-height: 38px;
    margin: 4px auto;
  }
  .result-text {
    display: -webkit-box;
    overflow: hidden;
    overflow-wrap: anywhere;
    font-size: 0.875rem;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }
`;
