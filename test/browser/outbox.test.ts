import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Instance, startInstance } from '../instance.ts';
import { token } from '../tokens.ts';
import { openBrowser, type TestBrowser } from './browser.ts';
import { chatOn } from './chat.ts';
import { type Host, hostPage, startHost } from './host.ts';

let host: Host;
let browser: TestBrowser;
let server: Instance;

beforeAll(async () => {
  host = await startHost();
  server = await startInstance({ env: { ALLOWED_ORIGINS: host.origin } });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
  await host?.close();
});

test('R21: what was written while the server was down survives a reload of the page, and is sent once', async () => {
  host.show(hostPage({ server: server.url, meetings: ['standup'], widget: host.origin }));
  const alice = await browser.person(token({ sub: 'alice', meetings: { standup: 'organizer' } }));
  await alice.page.goto(host.origin);
  const chat = chatOn(alice.page);
  await chat.say('one');
  await expect.poll(async () => (await chat.messages()).map(({ seq }) => seq)).toEqual([1]);

  await server.kill();
  await chat.say('two');
  await chat.say('three');
  await expect.poll(chat.texts).toEqual(['one', 'two', 'three']);
  await alice.page.reload();
  // Who the user is, and what they wrote, is known before any server answers.
  await expect.poll(chat.texts).toEqual(['two', 'three']);

  server = await server.again();
  await expect
    .poll(async () => (await chat.messages()).map(({ seq, text }) => [seq, text]), { timeout: 60_000 })
    .toEqual([
      [1, 'one'],
      [2, 'two'],
      [3, 'three'],
    ]);
});
