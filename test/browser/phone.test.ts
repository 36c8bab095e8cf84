import { expect } from 'vitest';
import { TestClient } from '../client.ts';
import { token } from '../tokens.ts';
import { browserTest } from './browser.ts';
import { chatOn } from './chat.ts';
import { useSite } from './site.ts';

const site = useSite();

/** Alice, an organizer, at her phone, with the chat open. */
async function atThePhone() {
  const { host, server, browser } = site();
  host.show(`<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Phone</title>
    <script type="module" async src="${new URL('widget.js', server.url).href}"></script>
    <meeting-chat server="${server.url}" meeting="standup" token-storage="jwt" load="eager"></meeting-chat></html>`);
  const alice = await browser.person(token({ sub: 'alice', name: 'Alice', meetings: { standup: 'organizer' } }));
  const devtools = await alice.context.newCDPSession(alice.page);
  await devtools.send('Emulation.setTouchEmulationEnabled', { enabled: true });
  await alice.page.setViewportSize({ width: 320, height: 568 });
  await alice.page.goto(host.origin);
  const chat = chatOn(alice.page);
  await chat.element.locator('[part~="launcher"]').click();
  return { alice, chat };
}

browserTest('a phone of 320 × 568: all is in sight and large enough for a finger', async () => {
  const { alice, chat } = await atThePhone();
  await chat.say(`hello @Alice ${'long'.repeat(40)}`);
  await expect.poll(chat.seqs).toEqual([1]);
  await expect.poll(() => chat.element.locator('mark').allTextContents()).toEqual(['@Alice']);
  for (const sheet of [undefined, 'settings', 'members', 'search']) {
    if (sheet) await chat.element.locator(`[part="open-${sheet}"]`).click();
    if (sheet) await chat.element.locator(`[part="${sheet}"]`).waitFor();
    expect(await chat.element.evaluate(tooFarOrTooSmall), sheet).toEqual([]);
    if (sheet) await chat.element.locator(`[part="close-${sheet}"]`).click();
  }
  expect(alice.troubles).toEqual([]);
});

browserTest('at a member, a finger has buttons of its size, and what it does twice removes nobody', async () => {
  const { alice, chat } = await atThePhone();
  const bob = new TestClient(
    site().server.url,
    token({ sub: 'bob', name: 'Bob', meetings: { standup: 'participant' } }),
  );
  await bob.command('join', { channel: 'standup' });
  await chat.element.locator('[part="open-members"]').click();
  const remove = chat.element.locator('[part="remove"]');
  for (const name of ['privately', 'mute', 'remove']) {
    const button = chat.element.locator(`[part="${name}"]`);
    await button.scrollIntoViewIfNeeded();
    const { width = 0, height = 0 } = (await button.boundingBox()) ?? {};
    expect(Math.min(width, height), name).toBeGreaterThanOrEqual(44);
  }
  const { x, y, width, height } = (await remove.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await remove.click();
  await chat.element.locator('[part="cancel-remove"]:focus').waitFor();
  await alice.page.mouse.click(x + width / 2, y + height / 2);
  await chat.element.locator('[part="remove"]:focus').waitFor();
  expect(alice.troubles).toEqual([]);
  bob.close();
});

/**
 * Runs in the page: what can be pressed and lies outside of the screen, or is smaller than 24 px, which WCAG 2.2 asks for; and
 * where text of less than 16 px would make a phone zoom in.
 */
function tooFarOrTooSmall(element: HTMLElement | SVGElement): string[] {
  const pressable = element.shadowRoot?.querySelectorAll('button, textarea, input, select') ?? [];
  const wrong = [...pressable].filter((one) => {
    const { width, height, left, top, right, bottom } = one.getBoundingClientRect();
    if (width === 0 || one.closest('[inert]')) return false;
    const zooms = !one.matches('button, [type="checkbox"]') && Number.parseFloat(getComputedStyle(one).fontSize) < 16;
    return zooms || left < 0 || top < 0 || right > innerWidth || bottom > innerHeight || width < 24 || height < 24;
  });
  const wide = document.documentElement.scrollWidth > innerWidth ? ['the page is too wide'] : [];
  return [...wide, ...wrong.map(({ outerHTML }) => outerHTML)];
}
