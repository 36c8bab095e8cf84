import { css } from './css.ts';

/** The people that an @ offers. */
export const mentionList = css`
  .people {
    position: absolute;
    inset-block-end: 4px;
    inset-inline: 12px;
    z-index: 3;
    max-width: 22rem;
    max-height: calc(100% - 8px);
    overflow: auto;
    padding: 5px;
    border: 1px solid var(--_line);
    border-radius: 14px;
    background: var(--_surface);
    box-shadow: var(--_shadow);
    animation: appear 110ms;
    scrollbar-width: thin;
  }
  .person {
    display: flex;
    align-items: center;
    gap: 9px;
    min-height: 40px;
    padding: 3px 8px;
    border-radius: 9px;
    cursor: pointer;
  }
  .person .avatar {
    flex: none;
    width: 28px;
    height: 28px;
  }
  .person:hover {
    background: var(--_raised);
  }
  .person[aria-selected="true"] {
    background: var(--_own);
  }
  .person-name {
    overflow: hidden;
    font-weight: 560;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  /* Who is there. A border, because forced colours take backgrounds away. */
  .there {
    flex: none;
    margin-inline-start: auto;
    border: 4px solid var(--_accent);
    border-radius: 50%;
  }
  .person small {
    color: var(--_soft);
    font-size: 0.8125rem;
  }
  @media (forced-colors: active) {
    .person[aria-selected="true"] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
