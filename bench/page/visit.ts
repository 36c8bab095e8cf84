import type { Browser, CDPSession, Page } from 'playwright-core';
import { type Blocking, blockingIn } from './blocking.ts';

/** What one load of a page was like. Times in ms, on the slowed machine. */
export type Visit = {
  readonly layoutShift: number;
  readonly lcp: number;
  readonly loaded: number;
  readonly blocking: Blocking;
  /** Of the chat, before the page's own `load` event. */
  readonly fetchedBefore: readonly string[];
  /** From the page's `load` event to the joined channel; undefined on a page without a chat. */
  readonly chatAfter: number | undefined;
};

export type VisitOptions = {
  readonly url: string;
  /** Where the chat comes from; with a slash at its end. */
  readonly chat: string;
  readonly token: string;
  readonly withChat: boolean;
};

/** As Lighthouse slows a page down for a phone on slow 4G: 1.6 Mbit/s, 150 ms to the server, of which a request takes several. */
const slow4G = { offline: false, latency: 562.5, downloadThroughput: 1_474_560 / 8, uploadThroughput: 691_200 / 8 };
const slowdown = 4;
/** How long the page is watched after it has come to rest. */
const restMs = 1_500;
const categories = [
  'toplevel',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'v8',
  'disabled-by-default-v8.compile',
];

/** Loads the page with an empty cache, and watches it until the chat is there and everything is quiet. */
export async function visit(browser: Browser, options: VisitOptions): Promise<Visit> {
  const { url, chat, token, withChat } = options;
  const context = await browser.newContext({ viewport: { width: 412, height: 823 }, locale: 'en-GB' });
  try {
    await context.addInitScript(watch, token);
    const page = await context.newPage();
    await slowDown(await context.newCDPSession(page));
    await browser.startTracing(page, { categories });
    // By the console, because to evaluate anything in the page is a long task of its own.
    const ready = page.waitForEvent('console', (message) => withChat && message.text() === 'the chat is ready');
    await page.goto(url, { waitUntil: 'load' });
    if (withChat) await ready;
    else ready.catch(() => {});
    await page.waitForTimeout(restMs);
    const trace = await browser.stopTracing();
    const seen = await read(page, chat);
    return { ...seen, blocking: blockingIn(trace.toString(), chat) };
  } finally {
    await context.close();
  }
}

async function slowDown(session: CDPSession): Promise<void> {
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', slow4G);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
}

/** Runs in the page, before any script of it. */
function watch(jwt: string): void {
  if (!location.protocol.startsWith('http')) return;
  localStorage.setItem('jwt', jwt);
  const seen = { layoutShift: 0, lcp: 0, readyAt: 0, sockets: [0].slice(1) };
  Reflect.set(window, 'seen', seen);
  const observe = (type: string, take: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  observe('layout-shift', (entry) => {
    seen.layoutShift += Number(Reflect.get(entry, 'value'));
  });
  observe('largest-contentful-paint', ({ startTime }) => {
    seen.lcp = startTime;
  });
  document.addEventListener('mc-ready', () => {
    seen.readyAt = performance.now();
    console.log('the chat is ready');
  });
  window.WebSocket = class extends WebSocket {
    constructor(...args: ConstructorParameters<typeof WebSocket>) {
      super(...args);
      seen.sockets.push(performance.now());
    }
  };
}

async function read(page: Page, chat: string): Promise<Omit<Visit, 'blocking'>> {
  return await page.evaluate((from) => {
    const { layoutShift, lcp, readyAt, sockets } = Reflect.get(window, 'seen');
    const [navigation] = performance.getEntriesByType('navigation');
    const loaded = Number(navigation && Reflect.get(navigation, 'loadEventStart'));
    const fetched = performance
      .getEntriesByType('resource')
      .filter(({ name, startTime }) => name.startsWith(from) && startTime < loaded)
      .map(({ name }) => name.slice(from.length));
    const early = sockets.filter((at: number) => at < loaded).map(() => 'a socket');
    const chatAfter = readyAt > 0 ? readyAt - loaded : undefined;
    return { layoutShift, lcp, loaded, fetchedBefore: [...fetched, ...early], chatAfter };
  }, chat);
}
