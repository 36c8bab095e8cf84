import type { Page } from 'playwright-core';
import { Client } from '../client.ts';

export type Stage = {
  page: Page;
  server: string;
  channel: string /** The seq of its last message at first. */;
  newest: number;
};

/** What is measured, by name. Each leaves the page as the next one finds it. */
export const scenes: { readonly [name: string]: (stage: Stage) => Promise<void> } = {
  async opening({ page, channel, newest }) {
    // In a task of its own, as a press on the launcher is: what steers the browser has its costs, too.
    await page.evaluate((meeting) => {
      setTimeout(() => document.querySelector('meeting-chat')?.setAttribute('meeting', meeting));
    }, channel);
    await shown(page, `[data-seq="${newest}"]`);
  },
  async 'writing and sending 10'({ page, newest }) {
    for (let i = 1; i <= 10; i += 1) {
      await page.keyboard.type(`my message ${i}`);
      await page.keyboard.press('Enter');
    }
    await shown(page, `[data-state="sent"][data-seq="${newest + 10}"]`);
  },
  async 'receiving 50 a second, for 5 s'({ page, server, channel, newest }) {
    const bob = new Client(server, 'bob', [channel]);
    try {
      await bob.command('join', { channel, limit: 1 });
      const sent: Promise<unknown>[] = [];
      for (let i = 1; i <= 250; i += 1) {
        sent.push(bob.command('send', { channel, key: `received-${i}`, text: `received ${i} of 250` }));
        await new Promise((next) => setTimeout(next, 20));
      }
      await Promise.all(sent);
    } finally {
      bob.close();
    }
    await shown(page, `[data-seq="${newest + 260}"]`);
  },
  async 'scrolling up through 1,000'({ page, newest }) {
    const top = shown(page, `[data-seq="${newest - 1_000}"]`);
    let isThere = false;
    void top.then(() => {
      isThere = true;
    });
    while (!isThere) {
      await page.mouse.wheel(0, -600);
      await new Promise((next) => setTimeout(next, 30));
    }
  },
};

/** Resolves once the page has drawn such a message. */
async function shown(page: Page, selector: string): Promise<void> {
  await page.evaluate(async (wanted) => {
    const rows = () => document.querySelector('meeting-chat')?.shadowRoot?.querySelector('.rows');
    const frame = () => new Promise<void>((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    while (!rows()?.querySelector(`.message${wanted}`)) await frame();
    await frame();
  }, selector);
}

/** Runs in the page: of the next messages that the user sends, how many frames and ms from the key to the message on the screen. */
export function watchEchoes(): void {
  const list = document.querySelector('meeting-chat')?.shadowRoot?.querySelector('.rows');
  if (!list) throw new Error('no list');
  const echoes: { frames: number; ms: number }[] = [];
  Reflect.set(window, 'echoes', echoes);
  // On the window and before all others: the element keeps its keys to itself.
  addEventListener(
    'keydown',
    ({ key, timeStamp }) => {
      if (key !== 'Enter') return;
      const before = list.querySelectorAll('[data-own]').length;
      let frames = 0;
      const look = () => {
        frames += 1;
        if (list.querySelectorAll('[data-own]').length === before) return void requestAnimationFrame(look);
        // After the frame: what was in it is on the screen.
        setTimeout(() => echoes.push({ frames, ms: performance.now() - timeStamp }));
      };
      requestAnimationFrame(look);
    },
    { capture: true },
  );
}
