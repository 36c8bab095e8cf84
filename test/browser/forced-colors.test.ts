import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { TestClient } from '../client.ts';
import { token } from '../tokens.ts';
import { browserTest } from './browser.ts';
import { chatOn } from './chat.ts';
import { hostPage } from './host.ts';
import { useSite } from './site.ts';

const site = useSite();

/** What is painted where a colour alone would not do: the lines around it, and how bold its strokes are. */
type Drawn = { border: string; outline: string; stroke: string; seen: boolean };

/** Runs in the page. `seen`: the border's colour is another than that of what is behind. */
function drawn(element: Element, pseudo: string | undefined): Drawn {
  const { borderTopWidth, borderTopColor, outlineWidth, outlineStyle, strokeWidth } = getComputedStyle(element, pseudo);
  const canvas = document.createElement('div');
  canvas.style.background = 'Canvas';
  document.body.append(canvas);
  const { backgroundColor } = getComputedStyle(canvas);
  canvas.remove();
  return {
    border: borderTopWidth,
    outline: outlineStyle === 'none' ? '0px' : outlineWidth,
    stroke: strokeWidth,
    seen: Number.parseFloat(borderTopWidth) > 0 && borderTopColor !== backgroundColor,
  };
}

const look = (part: Locator, pseudo?: string) => part.evaluate(drawn, pseudo);

browserTest('in forced colours every sign is still there: each is told by more than a colour', async () => {
  const { host, server, browser } = site();
  host.show(hostPage({ server: server.url, meetings: ['standup'] }));
  const bob = new TestClient(server.url, token({ sub: 'bob', name: 'Bob', meetings: { standup: 'participant' } }));
  await bob.command('join', { channel: 'standup' });
  const { seq } = await bob.send('standup', 'hello');
  await bob.command('react', { channel: 'standup', seq, emoji: '🎉', on: true });
  const { page } = await browser.person(token({ sub: 'alice', name: 'Alice', meetings: { standup: 'participant' } }));
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto(host.origin);
  const chat = chatOn(page);
  const part = (name: string) => chat.element.locator(`[part~="${name}"]`);
  await chat.say('my own');
  await part('state').last().and(page.locator('[data-reach="delivered"], [data-reach="sent"]')).waitFor();

  // Who is there, and where a day begins.
  expect(await look(part('subtitle'), '::before')).toMatchObject({ border: '4px', seen: true });
  expect(await look(part('day').first(), '::before')).toMatchObject({ border: '1px', seen: true });

  // One's own message and another's, and one's own reaction.
  const [others, own] = [await look(part('bubble').first()), await look(part('bubble').last())];
  expect([others.seen, own.seen]).toEqual([true, true]);
  expect(own.border).not.toBe(others.border);
  const before = await look(part('reaction').first());
  await part('reaction').first().click();
  await part('reaction').first().and(page.locator('[aria-pressed="true"]')).waitFor();
  expect((await look(part('reaction').first())).border).not.toBe(before.border);

  // Where the focus is, and how far a message has come.
  expect((await look(part('field'))).outline).toBe('0px');
  await chat.composer.focus();
  expect((await look(part('field'))).outline).toBe('2px');
  const tick = part('state').last().locator('svg');
  const arrived = await look(tick);
  await bob.command('receipt', { channel: 'standup', delivered: seq + 2, read: seq + 2 });
  await part('state').last().and(page.locator('[data-reach="read"]')).waitFor();
  expect((await look(tick)).stroke).not.toBe(arrived.stroke);

  // Who is there, among those who can be mentioned.
  await chat.composer.fill('@');
  await part('person').first().waitFor();
  expect(await look(chat.element.getByLabel('Online', { exact: true }))).toMatchObject({ border: '4px', seen: true });

  // A private conversation, in the list and on the screen.
  await chat.composer.fill('');
  await part('open-members').press('Enter');
  expect(await look(part('member').first().locator('.member-text > small'), '::before')).toMatchObject({ seen: true });
  await part('privately').first().press('Enter');
  await part('recipient').waitFor();
  expect((await look(part('recipient'))).seen).toBe(true);
  await part('open-conversations').press('Enter');
  expect((await look(part('conversation').and(page.locator('[aria-checked="true"]')))).border).toBe('1px');
  expect((await look(part('conversation').and(page.locator('[aria-checked="false"]')))).border).toBe('0px');
  bob.close();
});
