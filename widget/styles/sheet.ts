import { css } from './css.ts';

/** What all that lies over the conversation looks like; it comes with the first of it. */
export const sheet = css`
  .sheet,
  .search {
    position: absolute;
    inset: 0;
    z-index: 4;
    display: flex;
    flex-direction: column;
    background: var(--_surface);
    animation: appear 120ms;
  }
  /* The sheet's own title has one line. */
  .sheet h2 {
    min-height: 0;
  }
  .sheet-body {
    flex: 1;
    min-height: 0;
    overflow: auto;
    padding: 6px 18px 18px;
  }
  /* Smaller text in a field makes phones zoom in. */
  @media (pointer: coarse) {
    .sheet .sheet-body :is(input, select) {
      font-size: max(16px, 1em);
    }
  }
`;
