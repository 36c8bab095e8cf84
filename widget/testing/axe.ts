import type Axe from 'axe-core';
import 'axe-core';
import { settled, type TestChat } from './test-chat.ts';

declare global {
  interface Window {
    /** The package is no module: it leaves itself here. */
    axe: typeof Axe;
  }
}

/** What axe has against the element as it is. */
export async function findings(chat: TestChat): Promise<string[]> {
  await settled(chat);
  // Else a colour is measured half-way through its appearance.
  await Promise.all(chat.shadowRoot?.getAnimations().map(({ finished }) => finished) ?? []);
  const { violations } = await window.axe.run(chat.parentElement ?? chat, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    // Only for rules that are not run here; and on a busy machine it may wait for its own time to run out.
    preload: false,
    // They judge whole pages.
    rules: {
      region: { enabled: false },
      'page-has-heading-one': { enabled: false },
      'heading-order': { enabled: false },
    },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
