import { expect } from 'vitest';
import { token } from '../tokens.ts';
import { browserTest } from './browser.ts';
import { chatOn } from './chat.ts';
import { hostPage } from './host.ts';
import { useSite } from './site.ts';

const site = useSite();

browserTest('R23: two meetings on one page share one connection and keep apart', async () => {
  site().host.show(hostPage({ server: site().server.url, meetings: ['red', 'blue'] }));
  const alice = await site().browser.person(
    token({ sub: 'alice', meetings: { red: 'organizer', blue: 'participant' } }),
  );
  let sockets = 0;
  alice.page.on('websocket', () => {
    sockets += 1;
  });
  await alice.page.goto(site().host.origin);
  const [red, blue] = [chatOn(alice.page, '#red'), chatOn(alice.page, '#blue')];
  await red.say('to red');
  await blue.say('to blue');

  await expect.poll(red.messages).toEqual([{ seq: 1, state: expect.any(String), text: 'to red' }]);
  await expect.poll(blue.messages).toEqual([{ seq: 1, state: expect.any(String), text: 'to blue' }]);
  expect(sockets).toBe(1);
});

browserTest('R9: goes to another meeting over the same connection, under the token that names it', async () => {
  site().host.show(hostPage({ server: site().server.url, meetings: ['amber'] }));
  const alice = await site().browser.person(token({ sub: 'alice', meetings: ['amber'] }));
  let sockets = 0;
  alice.page.on('websocket', () => {
    sockets += 1;
  });
  await alice.page.goto(site().host.origin);
  const chat = chatOn(alice.page);
  await chat.say('to amber');
  await expect.poll(chat.seqs).toEqual([1]);

  await chat.element.evaluate(
    (element, next) => {
      localStorage.setItem('jwt', next);
      element.setAttribute('meeting', 'green');
    },
    token({ sub: 'alice', meetings: ['green'] }),
  );
  await expect.poll(chat.texts).toEqual([]);
  await chat.say('to green');
  await expect.poll(chat.messages).toEqual([{ seq: 1, state: expect.any(String), text: 'to green' }]);
  expect(sockets).toBe(1);
});

browserTest('R9: an outsider gets nothing of a meeting that the token does not name', async () => {
  const marker = 'between-us-4711';
  site().host.show(hostPage({ server: site().server.url, meetings: ['inside', 'outside'] }));
  const alice = await site().browser.person(token({ sub: 'alice', meetings: ['inside'] }));
  const mallory = await site().browser.person(token({ sub: 'mallory', meetings: ['outside'] }));
  const received: string[] = [];
  mallory.page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => received.push(payload.toString())),
  );
  await Promise.all([alice.page.goto(site().host.origin), mallory.page.goto(site().host.origin)]);

  const hers = chatOn(mallory.page, '#outside');
  await hers.say('before');
  await expect.poll(hers.messages).toEqual([{ seq: 1, state: expect.any(String), text: 'before' }]);
  const inside = chatOn(alice.page, '#inside');
  await inside.say(marker);
  await expect.poll(inside.messages).toEqual([{ seq: 1, state: expect.any(String), text: marker }]);
  // Her connection carried a whole exchange after the message: what was meant for her has arrived.
  await hers.say('after');
  await expect.poll(hers.seqs).toEqual([1, 2]);

  expect(received.some((frame) => frame.includes('forbidden'))).toBe(true);
  expect(received.filter((frame) => frame.includes(marker))).toEqual([]);
  expect(await chatOn(mallory.page, '#inside').texts()).toEqual([]);
});
