import { expect } from 'vitest';
import type { Role } from '../../protocol/entities.ts';
import { token } from '../tokens.ts';
import { browserTest } from './browser.ts';
import { chatOn } from './chat.ts';
import { hostPage } from './host.ts';
import { useSite } from './site.ts';

const site = useSite();

async function visit(sub: string, name: string, role: Role) {
  const { page, troubles } = await site().browser.person(token({ sub, name, meetings: { held: role } }));
  await page.goto(site().host.origin);
  const chat = chatOn(page);
  await chat.element.locator('[part="empty"]').waitFor();
  return { ...chat, page, troubles, part: (part: string) => chat.element.locator(`[part~="${part}"]`) };
}

browserTest(
  'R45: an organizer sees that messages wait, lets one through for all to see, and refuses the other, of which its sender is told',
  async () => {
    const { host, server } = site();
    host.show(hostPage({ server: server.url, meetings: ['held'] }));
    const alice = await visit('alice', 'Alice', 'organizer');
    const filter = { action: 'hold', english: false, words: ['acme'] };
    const set = await fetch(new URL('channels/held', server.url), {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${token({ sub: 'alice', meetings: { held: 'organizer' } })}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ settings: { filter } }),
    });
    expect(set.status).toBe(200);
    const [bob, carol] = [await visit('bob', 'Bob', 'participant'), await visit('carol', 'Carol', 'participant')];

    await bob.say('about acme');
    await expect.poll(() => alice.part('open-held').textContent()).toContain('1 message waits');
    await bob.say('acme again');
    await expect.poll(() => alice.part('open-held').textContent()).toContain('2 messages wait');
    expect((await bob.messages()).map(({ state }) => state)).toEqual(['held', 'held']);
    expect(await carol.texts()).toEqual([]);

    await alice.part('open-held').press('Enter');
    await expect.poll(() => alice.part('held-message').count()).toBe(2);
    expect(await alice.part('held-message').first().textContent()).toMatch(/Bob.*about acme/s);
    // A double click decides on one message, not on the one that comes to its place as well.
    await alice.part('let-through').first().dblclick();
    await expect.poll(() => alice.part('held-message').count()).toBe(1);
    for (const { texts } of [alice, carol]) await expect.poll(texts).toEqual(['about acme']);
    await expect.poll(async () => (await bob.messages()).map(({ state }) => state)).toEqual(['sent', 'held']);

    await alice.part('refuse').press('Enter');
    await expect.poll(() => alice.part('held').textContent()).toContain('No message waits.');
    await alice.page.keyboard.press('Escape');
    await expect.poll(() => alice.part('held').count()).toBe(0);
    expect(await alice.part('open-held').count()).toBe(0);

    const toldWhy = () =>
      expect.poll(() => bob.part('failure').textContent()).toContain('It holds words that are not wanted here');
    await toldWhy();
    await bob.page.reload();
    await toldWhy();
    for (const { texts } of [alice, carol]) expect(await texts()).toEqual(['about acme']);
    for (const { part } of [bob, carol]) expect(await part('open-held').count()).toBe(0);
    for (const { troubles } of [alice, carol]) expect(troubles).toEqual([]);
  },
);
