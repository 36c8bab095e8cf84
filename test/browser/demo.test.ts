import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Instance, startInstance } from '../instance.ts';
import { browserTest, openBrowser, type TestBrowser } from './browser.ts';
import { type Chat, chatOn } from './chat.ts';

let browser: TestBrowser;
let server: Instance;

beforeAll(async () => {
  server = await startInstance({ demo: true });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

async function sideOf(page: Page, role: 'organizer' | 'participant'): Promise<{ frame: Frame; chat: Chat }> {
  const iframe = await page.waitForSelector(`iframe[data-frame=${role}]`);
  const frame = await iframe.contentFrame();
  if (!frame) throw new Error(`the ${role}'s frame is empty`);
  const chat = chatOn(frame);
  await chat.composer.waitFor();
  return { frame, chat };
}

browserTest('R19 R24: a newcomer opens the demo, and the two sides talk without an error or a violation', async () => {
  const { page, troubles } = await browser.person();
  await page.goto(server.url);
  const [organizer, participant] = [await sideOf(page, 'organizer'), await sideOf(page, 'participant')];
  await organizer.chat.say('Welcome!');
  await expect.poll(participant.chat.texts).toEqual(['Welcome!']);
  await participant.chat.say('Hello <script>alert(1)</script> https://example.com');
  await expect.poll(organizer.chat.texts).toHaveLength(2);

  const keys = await page.evaluate(() =>
    Object.keys(localStorage).filter((key) => key.startsWith('meeting-chat-demo-')),
  );
  expect(keys.sort()).toEqual(['meeting-chat-demo-organizer', 'meeting-chat-demo-participant']);
  expect(troubles).toEqual([]);
});

browserTest('a newcomer chooses a name and a meeting, which has its own messages', async () => {
  const { page, troubles } = await browser.person();
  await page.goto(server.url);
  await sideOf(page, 'participant');
  await page.getByLabel('Your name').fill('Zoë');
  await page.getByLabel('Meeting', { exact: true }).fill('Planning day');
  await page.getByRole('button', { name: 'Join' }).click();
  await page.waitForURL(/meeting=Planning/);
  const [organizer, participant] = [await sideOf(page, 'organizer'), await sideOf(page, 'participant')];
  expect(new URL(organizer.frame.url()).searchParams.get('name')).toBe('Zoë');
  expect(await organizer.chat.element.getAttribute('meeting')).toBe('planning-day');
  await organizer.chat.say('Only in here');
  await expect.poll(participant.chat.texts).toEqual(['Only in here']);
  expect(troubles).toEqual([]);
});

browserTest(
  'a side opened alone, in a browser that holds the token of a demo that is gone, signs in anew',
  async () => {
    const { page, context, troubles } = await browser.person();
    await context.addInitScript(() => {
      if (!localStorage.getItem('opened')) localStorage.setItem('meeting-chat-demo-participant', 'e30.e30.stale');
      localStorage.setItem('opened', 'yes');
    });
    await page.goto(new URL('demo/participant.html?name=Kim&meeting=alone', server.url).href);
    const chat = chatOn(page);
    await chat.say('Here I am');
    await expect.poll(chat.seqs).toEqual([1]);
    expect(troubles).toEqual([]);
  },
);
