import type Axe from 'axe-core';
import 'axe-core';
import { axeOptions } from './axe-options.ts';
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
  const { violations } = await window.axe.run(chat.parentElement ?? chat, axeOptions);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
