import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { axeOptions } from '../../widget/testing/axe-options.ts';
import { TestClient } from '../client.ts';
import { token } from '../tokens.ts';
import { browserTest } from './browser.ts';
import { useSite } from './site.ts';
import { states } from './states.ts';

const site = useSite();
const axe = createRequire(import.meta.url).resolve('axe-core');

type Look = { name: string; media: Parameters<Page['emulateMedia']>[0]; width: number; height: number };
const looks: Look[] = [
  { name: 'light', media: { colorScheme: 'light' }, width: 1280, height: 900 },
  { name: 'dark', media: { colorScheme: 'dark' }, width: 1280, height: 900 },
  { name: 'forced colours', media: { forcedColors: 'active' }, width: 1280, height: 900 },
  { name: 'a phone', media: { colorScheme: 'light', reducedMotion: 'reduce' }, width: 320, height: 568 },
  { name: 'a screen of 1280 × 1024 at 400 %', media: { colorScheme: 'dark' }, width: 320, height: 256 },
];

/** What axe has against the page as it is. */
async function findings(page: Page): Promise<string[]> {
  return page.evaluate(async (options) => {
    const shadow = document.querySelector('meeting-chat')?.shadowRoot;
    // Else a colour is measured half-way through its appearance.
    await Promise.allSettled(shadow?.getAnimations().map(({ finished }) => finished) ?? []);
    const { violations } = await Reflect.get(window, 'axe').run('meeting-chat', options);
    return violations.map(
      ({ id, nodes }: { id: string; nodes: { html: string }[] }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
    );
  }, axeOptions);
}

/** What a hand that trembles cannot hit, what reaches out of the page, and what moves although it should not. */
async function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const shadow = document.querySelector('meeting-chat')?.shadowRoot;
    const wrong: string[] = [];
    for (const control of shadow?.querySelectorAll<HTMLElement>('button, input, select, textarea') ?? []) {
      const { width, height, left, right } = control.getBoundingClientRect();
      const name = `${control.getAttribute('part')} ${Math.round(width)} × ${Math.round(height)}`;
      const label = control.closest('label')?.getBoundingClientRect();
      if (width === 0 || control.closest('[inert]')) continue;
      if (Math.max(width, label?.width ?? 0) < 24 || Math.max(height, label?.height ?? 0) < 24)
        wrong.push(`small: ${name}`);
      if (left < 0 || right > document.documentElement.clientWidth) wrong.push(`outside: ${name}`);
    }
    if (document.documentElement.scrollWidth > document.documentElement.clientWidth)
      wrong.push('the page scrolls sideways');
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      for (const element of shadow?.querySelectorAll('*') ?? []) {
        const { animationName, transitionDuration } = getComputedStyle(element);
        if (animationName !== 'none' || !/^0s(, 0s)*$/.test(transitionDuration))
          wrong.push(`moves: ${element.className}`);
      }
    }
    const input = shadow?.querySelector('textarea')?.getBoundingClientRect();
    if (input && (input.bottom > innerHeight || input.top < 0)) wrong.push('the composer is out of sight');
    return wrong;
  });
}

for (const [index, { name, media, width, height }] of looks.entries()) {
  browserTest(`axe finds nothing, and everything fits and can be hit, in every state: ${name}`, async () => {
    const { host, server, browser } = site();
    host.show(`<!doctype html><html lang="en"><title>Somebody's page</title><meta name="viewport" content="width=device-width">
<style>html, body { height: 100%; margin: 0 } meeting-chat { display: block; height: 100% }</style>
<script type="module" async src="${server.url}widget.js"></script>
<meeting-chat server="${server.url}" meeting="standup" token-storage="jwt" placement="inline" load="eager"></meeting-chat></html>`);
    const other = `bob-${index}`;
    const bob = new TestClient(server.url, token({ sub: other, name: 'Bob', meetings: { standup: 'participant' } }));
    await bob.command('join', { channel: 'standup' });
    for (let i = 1; i <= 6; i += 1) await bob.send('standup', `message ${i} with https://example.com/${name.length}`);
    const { seq } = await bob.send('standup', 'an answer');
    await bob.command('react', { channel: 'standup', seq, emoji: '🎉', on: true });

    const shut = `shut-${index}`;
    const olgas = token({ sub: 'olga', name: 'Olga', meetings: { [shut]: 'organizer' } });
    const olga = new TestClient(server.url, olgas);
    await olga.command('join', { channel: shut });
    const moderate = async (method: string, path: string, body?: object) => {
      const answer = await fetch(new URL(`channels/${shut}${path}`, server.url), {
        method,
        headers: { authorization: `Bearer ${olgas}`, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      expect(answer.ok).toBe(true);
    };

    const meetings = { standup: 'organizer', quiet: 'organizer', [shut]: 'participant' } as const;
    const alices = token({ sub: 'alice', name: 'Alice', meetings });
    const hold = async (text: string) => {
      const http = (as: string, method: string, path: string, body: object) =>
        fetch(new URL(`channels/quiet${path}`, server.url), {
          method,
          headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      const filter = { action: 'hold', english: false, words: ['acme'] };
      await http(alices, 'PATCH', '', { settings: { filter } });
      const bobs = token({ sub: other, name: 'Bob', meetings: ['quiet'] });
      expect((await http(bobs, 'POST', '/messages', { text })).status).toBe(409);
    };
    const { page } = await browser.person(alices);
    await page.setViewportSize({ width, height });
    await page.emulateMedia(media ?? {});
    await page.goto(host.origin);
    await page.addScriptTag({ path: axe });
    await page.locator('textarea').fill('my own');
    await page.locator('textarea').press('Enter');
    await page.locator('[part~="message-own"][data-state="sent"]').last().waitFor();
    for (const [state, reach] of Object.entries(states)) {
      await reach(page, { other, shut, moderate, hold });
      expect({ state, wrong: [...(await findings(page)), ...(await misfits(page))] }).toEqual({ state, wrong: [] });
    }
    bob.close();
    olga.close();
  });
}
