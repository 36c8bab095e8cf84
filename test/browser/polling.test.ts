import { expect } from 'vitest';
import { token } from '../tokens.ts';
import { browserTest } from './browser.ts';
import { chatOn } from './chat.ts';
import { hostPage } from './host.ts';
import { useSite } from './site.ts';

const site = useSite();

browserTest('where no WebSocket gets through, the chat goes over long-polling', async () => {
  site().host.show(hostPage({ server: site().server.url, meetings: ['standup'] }));
  const alice = await site().browser.person(token({ sub: 'alice', meetings: { standup: 'organizer' } }));
  const bob = await site().browser.person(token({ sub: 'bob', meetings: { standup: 'participant' } }));
  const polls: string[] = [];
  alice.page.on('request', (request) => request.url().includes('transport=polling') && polls.push(request.method()));
  // Before any script of the page: as in a network whose proxy knows nothing of WebSockets.
  await alice.context.addInitScript(() => {
    window.WebSocket = class extends WebSocket {
      constructor(url: string | URL) {
        super(Object.assign(new URL(url), { port: '9' }));
      }
    };
  });
  await Promise.all([alice.page.goto(site().host.origin), bob.page.goto(site().host.origin)]);
  const [hers, his] = [chatOn(alice.page), chatOn(bob.page)];
  await hers.say('Grüße: 👋 \u001e and {"json": [1]}');
  await expect.poll(his.texts).toEqual(['Grüße: 👋 \u001e and {"json": [1]}']);
  await his.say('over to you');
  await expect.poll(hers.texts).toEqual(['Grüße: 👋 \u001e and {"json": [1]}', 'over to you']);
  expect(new Set(polls)).toEqual(new Set(['GET', 'POST']));
});
