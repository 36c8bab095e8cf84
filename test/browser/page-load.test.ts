import { expect } from 'vitest';
import { token } from '../tokens.ts';
import { browserTest } from './browser.ts';
import { chatOn } from './chat.ts';
import { hostPage } from './host.ts';
import { useSite } from './site.ts';

const site = useSite();

browserTest(
  'R25: until the page has loaded nothing but the loader is fetched, and then the chat comes by itself',
  async () => {
    const { host, server } = site();
    host.show(
      hostPage({ server: server.url, meetings: ['standup'], load: 'idle', body: '<img src="/slow.png" alt="slow">' }),
    );
    const { page } = await site().browser.person(token({ sub: 'alice', meetings: ['standup'] }));
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    page.on('websocket', () => asked.push('a socket'));
    let letLoad = () => {};
    const mayLoad = new Promise<void>((resolve) => {
      letLoad = resolve;
    });
    // The page's own load event waits for its picture, for as long as this test wants.
    await page.route('**/slow.png', async (route) => {
      await mayLoad;
      await route.fulfill({ status: 204 });
    });

    const loader = page.waitForEvent('requestfinished', (request) => request.url().endsWith('widget.js'));
    await page.goto(host.origin, { waitUntil: 'domcontentloaded' });
    await loader;
    // Idle moments have come and gone: it is the load event that is waited for.
    for (let i = 0; i < 5; i += 1) await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
    expect(await page.evaluate(() => document.readyState)).toBe('interactive');
    expect(asked.filter((path) => !['/', '/slow.png', '/favicon.ico'].includes(path))).toEqual(['/widget.js']);

    letLoad();
    await chatOn(page).composer.waitFor();
    await expect.poll(() => asked).toContain('a socket');
  },
);
