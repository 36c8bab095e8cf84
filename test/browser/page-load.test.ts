import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { token } from '../tokens.ts';
import { browserTest } from './browser.ts';
import { chatOn } from './chat.ts';
import { type HostPage, hostPage } from './host.ts';
import { useSite } from './site.ts';

const site = useSite();
const alice = token({ sub: 'alice', meetings: ['standup'] });

/** What a page fetched of the chat, and whether it opened a socket. */
function watched(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname.replace(/-[a-z0-9]{10}\.js$/, '.js')));
  page.on('websocket', () => asked.push('a socket'));
  return asked;
}

/** Shows a page with one element, to a person of whom nothing is stored but what `jwt` says. */
async function visit(
  options: Omit<HostPage, 'server' | 'meetings'> & Partial<Pick<HostPage, 'meetings'>>,
  jwt?: string,
  before?: (page: Page) => Promise<void>,
) {
  const { host, server, browser } = site();
  host.show(hostPage({ server: server.url, meetings: ['standup'], ...options }));
  const { page, context } = await browser.person(jwt);
  const asked = watched(page);
  await before?.(page);
  await page.goto(host.origin);
  const ofChat = () => asked.filter((path) => !['/', '/slow.png', '/favicon.ico'].includes(path));
  return { page, context, ofChat };
}

/** Idle moments come and go. */
async function idleMoments(page: Page): Promise<void> {
  for (let i = 0; i < 5; i += 1) await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
}

/** Everything that a page can keep on the reader's machine. */
async function kept(page: Page) {
  return {
    cookies: await page.context().cookies(),
    storage: await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]),
    databases: await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)),
    workers: await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length),
  };
}
const nothing = { cookies: [], storage: [], databases: [], workers: 0 };

browserTest(
  'R25: until the page has loaded nothing but the loader is fetched, and nothing kept; then the chat comes by itself',
  async () => {
    let letLoad = () => {};
    const mayLoad = new Promise<void>((resolve) => {
      letLoad = resolve;
    });
    const { host, server, browser } = site();
    host.show(
      hostPage({ server: server.url, meetings: ['standup'], load: 'idle', body: '<img src="/slow.png" alt="slow">' }),
    );
    const { page } = await browser.person(alice);
    const asked = watched(page);
    // The page's own load event waits for its picture, for as long as this test wants.
    await page.route('**/slow.png', async (route) => {
      await mayLoad;
      await route.fulfill({ status: 204 });
    });
    const loader = page.waitForEvent('requestfinished', (request) => request.url().endsWith('widget.js'));
    await page.goto(host.origin, { waitUntil: 'domcontentloaded' });
    await loader;
    await idleMoments(page);
    // Idle moments have come and gone: it is the load event that is waited for.
    expect(await page.evaluate(() => document.readyState)).toBe('interactive');
    expect(asked.filter((path) => !['/', '/slow.png', '/favicon.ico'].includes(path))).toEqual(['/widget.js']);
    expect(await kept(page)).toEqual({ ...nothing, storage: ['jwt'] });

    letLoad();
    await chatOn(page).composer.waitFor();
    await expect.poll(() => asked).toContain('a socket');
  },
);

browserTest('load="eager" does not wait for the page', async () => {
  const { host, server, browser } = site();
  host.show(hostPage({ server: server.url, meetings: ['standup'], body: '<img src="/slow.png" alt="slow">' }));
  const { page } = await browser.person(alice);
  await page.route('**/slow.png', () => {});
  await page.goto(host.origin, { waitUntil: 'domcontentloaded' });
  await chatOn(page).composer.waitFor();
  expect(await page.evaluate(() => document.readyState)).toBe('interactive');
});

browserTest('load="visible" waits until the reader comes near', async () => {
  const { page, ofChat } = await visit({ load: 'visible', body: '<div style="height:4000px"></div>' }, alice);
  await idleMoments(page);
  expect(ofChat()).toEqual(['/widget.js']);
  await page.mouse.wheel(0, 10_000);
  await chatOn(page).composer.waitFor();
});

browserTest(
  'load="interaction" keeps and fetches nothing, until a key opens the chat, which then has the focus',
  async () => {
    const { page, ofChat } = await visit({ load: 'interaction', placement: 'floating' });
    await page.locator('meeting-chat button').waitFor();
    await idleMoments(page);
    expect(ofChat()).toEqual(['/widget.js']);
    expect(await kept(page)).toEqual(nothing);
    // Held back, so that the keys below are pressed on the button that stands in for the chat.
    let letCome = () => {};
    const mayCome = new Promise<void>((resolve) => {
      letCome = resolve;
    });
    await page.route('**/chat-*.js', async (route) => {
      await mayCome;
      await route.continue();
    });
    await page.evaluate((jwt) => localStorage.setItem('jwt', jwt), alice);
    await page.keyboard.press('Tab');
    // The focus alone has it fetched.
    await expect.poll(ofChat).toEqual(['/widget.js', '/chat.js']);
    await page.keyboard.press('Enter');
    letCome();
    const { composer, say, texts } = chatOn(page);
    await expect.poll(() => composer.evaluate((input) => input.matches(':focus'))).toBe(true);
    await say('by keyboard alone');
    await expect.poll(texts).toContain('by keyboard alone');
  },
);

browserTest('load="interaction" is fetched when the pointer comes near, and opened by a press', async () => {
  const { page, ofChat } = await visit({ load: 'interaction', placement: 'floating' }, alice);
  await page.locator('meeting-chat button').hover();
  await expect.poll(ofChat).toContain('/chat.js');
  await page.locator('meeting-chat button.launcher').waitFor();
  expect(await page.locator('meeting-chat').getAttribute('open')).toBe(null);
  await page.locator('meeting-chat button.launcher').click();
  await chatOn(page).composer.waitFor();
});

browserTest.for([
  { load: 'idle', line: { saveData: true } },
  { load: 'idle', line: { effectiveType: '2g' } },
  { load: 'idle', line: { effectiveType: 'slow-2g' } },
  { load: 'visible', line: { saveData: true } },
] as const)('with %j it waits for an interaction', async ({ load, line }) => {
  const { page, ofChat } = await visit({ load, placement: 'floating' }, alice, async (tab) => {
    await tab.addInitScript((connection) => {
      Object.defineProperty(navigator, 'connection', { value: connection });
    }, line);
  });
  await page.locator('meeting-chat button').waitFor();
  await idleMoments(page);
  expect(ofChat()).toEqual(['/widget.js']);
  await page.locator('meeting-chat button').click();
  await chatOn(page).composer.waitFor();
});

/** Runs in the page before its scripts: keeps what the browser says of things that moved by themselves. */
function watchShifts(): void {
  const shifts: number[] = [];
  Reflect.set(window, 'shifts', shifts);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) shifts.push(Number(Reflect.get(entry, 'value')));
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Once the chat is there with all its messages. */
async function shifts(page: Page): Promise<number[]> {
  const chat = page.locator('meeting-chat');
  await expect.poll(() => chat.evaluate((element) => element.matches(':state(ready)'))).toBe(true);
  await expect.poll(() => chat.locator('[part="list"][aria-busy]').count()).toBe(0);
  // Shifts are told with the frame after the one that they are in.
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
  return page.evaluate(() => Reflect.get(window, 'shifts'));
}

browserTest('nothing on the page moves when the launcher comes', async () => {
  const { page } = await visit(
    { placement: 'floating', load: 'idle', body: '<p>Text of the page</p>' },
    alice,
    async (tab) => {
      await tab.addInitScript(watchShifts);
    },
  );
  expect(await shifts(page)).toEqual([]);
});

browserTest('nothing moves in the element that fills its box, however many messages it is filled with', async () => {
  const { server } = site();
  const headers = {
    authorization: `Bearer ${token({ sub: 'bob', name: 'Bob', meetings: ['full'] })}`,
    'content-type': 'application/json',
  };
  for (let i = 1; i <= 30; i += 1) {
    // Of several lines, so that its height is not what a browser takes it for before it is laid out.
    const body = JSON.stringify({ text: `Message ${i} `.repeat(2 + (i % 3) * 6) });
    const { ok } = await fetch(`${server.url}channels/full/messages`, { method: 'POST', headers, body });
    expect(ok).toBe(true);
  }
  for (const load of ['eager', 'idle'] as const) {
    const reader = token({ sub: 'alice', meetings: ['full'] });
    const { page } = await visit({ placement: 'inline', load, meetings: ['full'] }, reader, async (tab) => {
      await tab.addInitScript(watchShifts);
    });
    await expect.poll(() => page.locator('meeting-chat [part~="message"]').count()).toBe(30);
    expect(await shifts(page)).toEqual([]);
  }
});
