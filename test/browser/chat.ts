import type { Frame, Locator, Page } from 'playwright-core';

export type Shown = { seq: number | undefined; state: string; text: string };

/** What a person sees of one element and does with it. */
export interface Chat {
  readonly element: Locator;
  readonly composer: Locator;
  /** Writes and presses Enter. */
  say(text: string): Promise<void>;
  /** From top to bottom. */
  messages(): Promise<Shown[]>;
  texts(): Promise<string[]>;
  seqs(): Promise<(number | undefined)[]>;
}

export function chatOn(page: Page | Frame, selector = 'meeting-chat'): Chat {
  const element = page.locator(selector);
  const composer = element.locator('textarea');
  const messages = () => element.locator('[part~="message"]').evaluateAll(read);
  return {
    element,
    composer,
    messages,
    async say(text) {
      await composer.fill(text);
      // Until the element knows who the user is, Enter leaves the text where it is.
      do await composer.press('Enter');
      while ((await composer.inputValue()) !== '');
    },
    texts: async () => (await messages()).map(({ text }) => text),
    seqs: async () => (await messages()).map(({ seq }) => seq),
  };
}

/** Runs in the page, in one go: what it answers was on the screen at one moment. */
function read(elements: (HTMLElement | SVGElement)[]): Shown[] {
  return elements.map((element) => ({
    seq: element.dataset.seq ? Number(element.dataset.seq) : undefined,
    state: element.dataset.state ?? '',
    text: element.querySelector('[part~="text"]')?.textContent?.trim() ?? '',
  }));
}
