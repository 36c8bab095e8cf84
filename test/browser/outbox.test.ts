import { expect } from 'vitest';
import { token } from '../tokens.ts';
import { browserTest } from './browser.ts';
import { chatOn } from './chat.ts';
import { hostPage } from './host.ts';
import { useSite } from './site.ts';

const site = useSite();

browserTest(
  'R21: what was written while the server was down survives a reload of the page, and is sent once',
  async () => {
    site().host.show(hostPage({ server: site().server.url, meetings: ['standup'], widget: site().host.origin }));
    const alice = await site().browser.person(token({ sub: 'alice', meetings: { standup: 'organizer' } }));
    await alice.page.goto(site().host.origin);
    const chat = chatOn(alice.page);
    await chat.say('one');
    await expect.poll(chat.seqs).toEqual([1]);

    await site().server.kill();
    await chat.say('two');
    await chat.say('three');
    await expect.poll(chat.texts).toEqual(['one', 'two', 'three']);
    await alice.page.reload();
    // Who the user is, and what they wrote, is known before any server answers.
    await expect.poll(chat.texts).toEqual(['two', 'three']);

    site().server = await site().server.again();
    await expect
      .poll(async () => (await chat.messages()).map(({ seq, text }) => [seq, text]), { timeout: 60_000 })
      .toEqual([
        [1, 'one'],
        [2, 'two'],
        [3, 'three'],
      ]);
  },
);
