import { expect } from 'vitest';
import { token } from '../tokens.ts';
import { browserTest } from './browser.ts';
import { chatOn } from './chat.ts';
import { hostPage } from './host.ts';
import { useSite } from './site.ts';

const site = useSite({ backForwardCache: true });

browserTest(
  'a page with the open chat is kept when it is left, and the chat is live when the reader comes back',
  async () => {
    const { host, server, browser } = site();
    host.show(hostPage({ server: server.url, meetings: ['standup'] }));
    const { page } = await browser.person(token({ sub: 'alice', meetings: ['standup'] }));
    await page.addInitScript(() =>
      addEventListener('pageshow', ({ persisted }) => Reflect.set(window, 'kept', persisted)),
    );
    await page.goto(host.origin);
    const chat = chatOn(page);
    await chat.say('before');
    await expect.poll(chat.seqs).toEqual([1]);
    await chat.composer.fill('half a thought');

    await page.goto(`${host.origin}/integrity.json`);
    const bob = `Bearer ${token({ sub: 'bob', meetings: ['standup'] })}`;
    const answer = await fetch(`${server.url}channels/standup/messages`, {
      method: 'POST',
      headers: { authorization: bob, 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'while she was away' }),
    });
    expect(answer.status).toBe(201);

    await page.evaluate(() => history.back());
    await expect.poll(() => page.evaluate(() => [location.pathname, Reflect.get(window, 'kept')])).toEqual(['/', true]);
    expect(await chat.composer.inputValue()).toBe('half a thought');
    await expect.poll(chat.texts).toEqual(['before', 'while she was away']);
    await chat.say('back again');
    await expect.poll(chat.seqs).toEqual([1, 2, 3]);
  },
);
