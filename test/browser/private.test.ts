import { expect } from 'vitest';
import { token } from '../tokens.ts';
import { browserTest, type Person } from './browser.ts';
import { chatOn } from './chat.ts';
import { hostPage } from './host.ts';
import { useSite } from './site.ts';

const site = useSite();

const tokenOf = (sub: string) =>
  token({
    sub,
    name: sub[0]?.toUpperCase() + sub.slice(1),
    meetings: { retro: sub === 'olga' ? 'organizer' : 'participant' },
  });

async function visit({ page }: Person) {
  await page.goto(site().host.origin);
  const chat = chatOn(page);
  await chat.composer.waitFor();
  const part = (name: string) => chat.element.locator(`[part~="${name}"]`);
  return {
    ...chat,
    part,
    /** With the keyboard alone. */
    async writeTo(user: string) {
      await part('open-members').press('Enter');
      await chat.element.locator(`[data-user="${user}"] [part="privately"]`).press('Enter');
      await part('recipient').waitFor();
    },
    async goTo(name: string) {
      await part('open-conversations').press('Enter');
      await part('conversation')
        .filter({ has: page.getByText(name, { exact: true }) })
        .press('Enter');
      await part('conversations').waitFor({ state: 'detached' });
    },
  };
}

/** As a page's backend would. */
async function request(sub: string, method: string, path: string, body?: object): Promise<{ id: string }> {
  const answer = await fetch(new URL(path, site().server.url), {
    method,
    headers: { authorization: `Bearer ${tokenOf(sub)}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(answer.ok).toBe(true);
  return answer.status === 204 ? { id: '' } : answer.json();
}

browserTest('R28 R30: two in a meeting write to each other in private, and nobody else gets a byte of it', async () => {
  site().host.show(hostPage({ server: site().server.url, meetings: ['retro'] }));
  const [bob, carol, olga] = await Promise.all(
    ['bob', 'carol', 'olga'].map((sub) => site().browser.person(tokenOf(sub))),
  );
  if (!bob || !carol || !olga) throw new Error('nobody there');
  const heard: string[] = [];
  let sockets = 0;
  olga.page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(payload.toString())));
  carol.page.on('websocket', () => {
    sockets += 1;
  });
  const [bobs, carols, olgas] = [await visit(bob), await visit(carol), await visit(olga)];
  await bobs.say('to everyone');
  await expect.poll(carols.texts).toEqual(['to everyone']);

  await bobs.writeTo('carol');
  expect(await bobs.part('recipient').textContent()).toBe('Private, to Carol');
  await expect.poll(() => bobs.composer.evaluate((input) => input.matches(':focus'))).toBe(true);
  await bobs.say('between-us-0815');
  await expect.poll(() => carols.part('conversation-unread').textContent()).toBe('1');
  expect(await carols.texts()).toEqual(['to everyone']);

  await carols.goTo('Bob');
  await expect.poll(carols.texts).toEqual(['between-us-0815']);
  await expect.poll(() => bobs.part('state').getAttribute('data-reach')).toBe('read');
  await carols.say('our secret');
  await expect.poll(bobs.texts).toEqual(['between-us-0815', 'our secret']);
  expect(sockets).toBe(1);

  expect(await bobs.part('subtitle').textContent()).toBe('Online');

  // A draft is of its conversation, also after a reload.
  await bobs.composer.fill('half a secret');
  await bob.page.reload();
  const again = chatOn(bob.page);
  await again.composer.waitFor();
  expect(await again.composer.inputValue()).toBe('');
  await bobs.goTo('Carol');
  expect(await again.composer.inputValue()).toBe('half a secret');

  await carol.page.close();
  await expect.poll(() => bobs.part('subtitle').textContent()).toMatch(/^Last seen \d+:\d\d/);

  await request('olga', 'PATCH', 'channels/retro', { settings: { directMessages: false } });
  await expect.poll(() => bobs.part('closed').textContent()).toContain('turned private messages off');
  await bobs.goTo('retro');
  await bobs.part('open-members').press('Enter');
  await bobs.part('member').first().waitFor();
  expect(await bobs.part('privately').count()).toBe(0);
  expect(await olgas.texts()).toEqual(['to everyone']);
  expect(heard.join()).toContain('to everyone');
  expect(heard.join()).not.toContain('between-us-0815');
  for (const { troubles } of [bob, carol, olga]) expect(troubles).toEqual([]);
});

browserTest('R36: a group is there among the conversations, and is gone when one is taken out of it', async () => {
  const { id } = await request('dora', 'POST', 'channels', { kind: 'group', title: 'Press' });
  await request('dora', 'PUT', `channels/${id}/members/erik`, {});
  await request('dora', 'POST', `channels/${id}/messages`, { text: 'for the press' });
  site().host.show(hostPage({ server: site().server.url, meetings: ['retro'] }));
  const erik = await site().browser.person(tokenOf('erik'));
  const eriks = await visit(erik);
  await expect.poll(() => eriks.part('conversation-unread').textContent()).toBe('1');
  await eriks.goTo('Press');
  await expect.poll(eriks.texts).toEqual(['for the press']);
  await eriks.say('I will');
  await expect.poll(eriks.seqs).toEqual([1, 2]);
  await request('dora', 'DELETE', `channels/${id}/members/erik`);
  await expect.poll(() => eriks.part('notice').textContent()).toBe('The conversation “Press” was closed for you.');
  expect(await eriks.part('title').textContent()).toBe('retro');
  expect(erik.troubles).toEqual([]);
});
