/** What axe is asked of the element, alone and on a page. */
export const axeOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // Only for rules that are not run here; and on a busy machine it may wait for its own time to run out.
  preload: false,
  // They judge whole pages.
  rules: {
    region: { enabled: false },
    'page-has-heading-one': { enabled: false },
    'heading-order': { enabled: false },
  },
};
