import { buildSync } from 'esbuild';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { token } from '../tokens.ts';
import { browserTest } from './browser.ts';
import { chatOn } from './chat.ts';
import { hostPage } from './host.ts';
import { useSite } from './site.ts';

const site = useSite();

async function alicesPage(body = ''): Promise<{ page: Page; troubles: string[] }> {
  const { host, server, browser } = site();
  host.show(hostPage({ server: server.url, meetings: ['standup'], body }));
  const person = await browser.person(token({ sub: 'alice', meetings: { standup: 'organizer' } }));
  await person.page.goto(host.origin);
  await chatOn(person.page).composer.waitFor();
  return person;
}

browserTest('bundled into a classic script, which knows nothing of where it came from, the element works', async () => {
  const { host, server, browser } = site();
  const { outputFiles } = buildSync({
    stdin: { contents: "import 'meeting-chat';", resolveDir: '.' },
    bundle: true,
    format: 'iife',
    write: false,
    logLevel: 'silent',
  });
  const element = `<meeting-chat server="${server.url}" meeting="standup" token-storage="jwt" placement="inline"></meeting-chat>`;
  host.show(`<!doctype html><title>Bundled</title>${element}<script>${outputFiles[0]?.text}</script>`);
  const { page, troubles } = await browser.person(token({ sub: 'alice', meetings: ['standup'] }));
  await page.goto(host.origin);
  // A script that fails does so before the page has loaded.
  expect(troubles).toEqual([]);
  await chatOn(page).say('out of a bundle');
  await expect.poll(chatOn(page).texts).toContain('out of a bundle');
});

browserTest('typing in any field of the chat is not heard by the shortcuts of the page', async () => {
  const { page } = await alicesPage();
  await page.evaluate(() => {
    const heard: string[] = [];
    Reflect.set(window, 'heard', heard);
    for (const target of [window, document, document.body]) {
      for (const name of ['keydown', 'keypress', 'keyup', 'paste'])
        target.addEventListener(name, () => heard.push(name));
    }
  });
  const chat = chatOn(page);
  const typeInto = async (field: typeof chat.composer) => {
    await field.focus();
    await page.keyboard.type('jk/?g #');
    for (const key of ['Control+b', 'Control+k', 'Backspace', 'ArrowUp', 'Home', 'Delete'])
      await page.keyboard.press(key);
  };
  await typeInto(chat.composer);
  await chat.say('jk');
  await chat.element.locator('[part="open-search"]').click();
  await typeInto(chat.element.locator('[part="search-input"]'));
  await page.keyboard.press('Enter');
  await chat.element.locator('[part="close-search"]').click();
  await chat.element.locator('[part="open-members"]').click();
  await typeInto(chat.element.locator('[part="meeting-title"]'));
  await chat.element.locator('[part="close-members"]').click();
  expect(await page.evaluate(() => Reflect.get(window, 'heard'))).toEqual([]);
  // Outside of the chat they go on working.
  await page.locator('h1').click();
  await page.keyboard.press('j');
  expect(await page.evaluate(() => Reflect.get(window, 'heard'))).toContain('keydown');
});

browserTest(
  'added, moved, cloned and removed a hundred times it leaves no socket, no listener and no node',
  async () => {
    const { page } = await alicesPage();
    const open = new Set<unknown>();
    page.on('websocket', (socket) => {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
    });
    const meter = await page.context().newCDPSession(page);
    await meter.send('Performance.enable');
    /** What the page holds once its garbage is gone. */
    const held = async () => {
      await meter.send('HeapProfiler.collectGarbage');
      const { metrics } = await meter.send('Performance.getMetrics');
      const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
      return { listeners: of('JSEventListeners'), nodes: of('Nodes'), sockets: open.size };
    };
    await page.evaluate(() => document.querySelector('meeting-chat')?.remove());
    // Once, so that what is made once for a page is there before it is counted.
    await cycle(page, site().server.url);
    const before = await held();
    for (let i = 0; i < 10; i += 1) await cycle(page, site().server.url);
    await expect.poll(async () => (await held()).sockets, { interval: 200 }).toBe(0);
    await expect.poll(async () => (await held()).listeners, { interval: 500 }).toBeLessThanOrEqual(before.listeners);
    await expect.poll(async () => (await held()).nodes, { interval: 500 }).toBeLessThanOrEqual(before.nodes + 50);
  },
);

/** Ten elements come, get their channel, are moved and cloned, and go. */
function cycle(page: Page, server: string): Promise<void> {
  return page.evaluate(async (url) => {
    const chats = Array.from({ length: 10 }, (_, i) => {
      const chat = document.createElement('meeting-chat');
      for (const [name, value] of Object.entries({
        server: url,
        meeting: 'standup',
        'token-storage': 'jwt',
        placement: 'inline',
      })) {
        chat.setAttribute(name, value);
      }
      if (i % 2 === 1) chat.setAttribute('placement', 'floating');
      document.body.append(chat);
      return chat;
    });
    while (!chats.every((chat) => chat.matches(':state(ready)'))) await new Promise((later) => setTimeout(later, 10));
    const clones = chats.map((chat) => {
      document.body.prepend(chat);
      return document.body.appendChild(chat.cloneNode(true));
    });
    for (const element of [...chats, ...clones]) document.body.removeChild(element);
  }, server);
}

browserTest('two versions and a script tag too many: one element, one socket, and nothing in the console', async () => {
  const { url } = site().server;
  const published: unknown = await (await fetch(`${url}integrity.json`)).json();
  const [version = ''] = Object.keys(published ?? {});
  const tags = [`${url}widget.js`, `${url}widget.js?again`, `${url}${version}`, `${url}define.js`]
    .map((src) => `<script type="module" async src="${src}"></script>`)
    .join('');
  const { host, browser } = site();
  host.show(hostPage({ server: url, meetings: ['standup'], body: tags }));
  const { page, troubles } = await browser.person(token({ sub: 'bob', meetings: ['standup'] }));
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  await page.goto(host.origin, { waitUntil: 'networkidle' });
  const chat = chatOn(page);
  await chat.say('once');
  await expect
    .poll(async () => (await chat.messages()).filter(({ text }) => text === 'once'))
    .toEqual([{ seq: expect.any(Number), state: 'sent', text: 'once' }]);
  expect(
    await page.locator('meeting-chat').evaluate((element) => element.shadowRoot?.querySelectorAll('.root').length),
  ).toBe(1);
  expect(sockets.length).toBe(1);
  expect(troubles).toEqual([]);
});

browserTest('texts have the size that the reader has set, whatever the root of the page has', async () => {
  const { page } = await alicesPage('<style>html { font-size: 62.5% }</style>');
  const sizes = () =>
    page.locator('meeting-chat').evaluate((chat) =>
      ['title', 'input'].map((part) => {
        const found = chat.shadowRoot?.querySelector(`[part~="${part}"]`);
        return found && getComputedStyle(found).fontSize;
      }),
    );
  const usual = await sizes();
  const settings = await page.context().newCDPSession(page);
  await settings.send('Page.enable');
  await settings.send('Page.setFontSizes', { fontSizes: { standard: 32 } });
  await page.reload();
  await chatOn(page).composer.waitFor();
  expect(usual).toEqual(['16px', '15px']);
  expect(await sizes()).toEqual(['32px', '30px']);
});
