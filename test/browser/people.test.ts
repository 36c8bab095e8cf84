import { expect } from 'vitest';
import type { Role } from '../../protocol/entities.ts';
import { token } from '../tokens.ts';
import { browserTest, type Person } from './browser.ts';
import { chatOn } from './chat.ts';
import { hostPage } from './host.ts';
import { useSite } from './site.ts';

const site = useSite();

async function visit({ page }: Person) {
  await page.goto(site().host.origin);
  const chat = chatOn(page);
  await chat.element.locator('[part="empty"]').waitFor();
  const message = (seq: number) => chat.element.locator(`[part~="message"][data-seq="${seq}"]`);
  return {
    ...chat,
    message,
    part: (name: string) => chat.element.locator(`[part~="${name}"]`),
    /** With the keyboard alone. */
    async choose(seq: number, item: string) {
      await message(seq).focus();
      await page.keyboard.press('Enter');
      await chat.element.locator(`[part="menu-item"][data-name="${item}"]`).press('Enter');
    },
  };
}

browserTest('R6 R10: two people answer, react, edit and delete, and each sees what the other does', async () => {
  site().host.show(hostPage({ server: site().server.url, meetings: ['people'] }));
  const person = (sub: string, name: string, role: Role) =>
    site().browser.person(token({ sub, name, meetings: { people: role } }));
  const alice = await person('alice', 'Alice', 'organizer');
  const [alices, bobs] = [await visit(alice), await visit(await person('bob', 'Bob', 'participant'))];

  await bobs.composer.pressSequentially('Is it in thsi release?');
  await expect.poll(() => alices.part('typing').textContent()).toBe('Bob is typing …');
  await bobs.composer.press('Enter');
  await expect.poll(alices.texts).toEqual(['Is it in thsi release?']);
  expect(await alices.part('typing').textContent()).toBe('');
  await expect.poll(() => bobs.part('state').getAttribute('data-reach')).toBe('read');

  await bobs.composer.press('ArrowUp');
  await bobs.composer.fill('Is it in this release?');
  await bobs.composer.press('Enter');
  await expect.poll(async () => (await alices.texts())[0]).toContain('Is it in this release?');

  await alices.choose(1, 'reply');
  await alices.say('It is');
  await expect.poll(() => bobs.part('quote').textContent()).toContain('Is it in this release?');

  await alices.message(1).focus();
  await alice.page.keyboard.press('Enter');
  await alices.part('menu-emoji').first().press('Enter');
  await expect.poll(() => bobs.part('reaction').getAttribute('aria-label')).toBe('👍, 1 person: Alice');

  await alices.choose(1, 'delete');
  await alices.part('confirm-delete').press('Enter');
  await expect.poll(bobs.texts).toContain('This message was deleted.');
  expect(alice.troubles).toEqual([]);
});

browserTest('who is called is found letter by letter, with the keys of a real keyboard', async () => {
  site().host.show(hostPage({ server: site().server.url, meetings: ['people-3'] }));
  const person = (sub: string, name: string) =>
    site().browser.person(token({ sub, name, meetings: { 'people-3': 'participant' } }));
  for (const name of ['Gina', 'Grzegorz']) await visit(await person(name.toLowerCase(), name));
  const alices = await visit(await person('alice', 'Alice'));
  const offered = () => alices.part('person').evaluateAll((people) => people.map((each) => each.dataset.user));
  for (const round of ['hi', 'and']) {
    await alices.composer.pressSequentially(`${round} @`);
    await expect.poll(offered).toEqual(['gina', 'grzegorz']);
    await alices.composer.pressSequentially('Gr');
    await expect.poll(offered).toEqual(['grzegorz']);
    await alices.composer.press('Enter');
    await expect.poll(() => alices.composer.inputValue()).toBe(`${round} @Grzegorz `);
    await alices.composer.press('Enter');
  }
  await expect.poll(alices.texts).toEqual(['hi @Grzegorz', 'and @Grzegorz']);
});

browserTest(
  'what is pasted keeps its line breaks: in the draft over a reload, in the message, and when it is copied',
  async () => {
    site().host.show(hostPage({ server: site().server.url, meetings: ['people-2'] }));
    const carol = await site().browser.person(
      token({ sub: 'carol', name: 'Carol', meetings: { 'people-2': 'participant' } }),
    );
    await carol.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const chat = await visit(carol);
    const text = 'one\n  two\n\nthree <b>';
    await carol.page.evaluate((words) => navigator.clipboard.writeText(words), text);
    await chat.composer.focus();
    await carol.page.keyboard.press('Control+V');
    expect(await chat.composer.inputValue()).toBe(text);

    await carol.page.reload();
    await expect.poll(() => chat.composer.inputValue()).toBe(text);
    await chat.composer.press('Enter');
    await expect.poll(() => chat.message(1).count()).toBe(1);
    expect(await chat.message(1).locator('[part="text"]').innerText()).toBe(text);

    await carol.page.evaluate(() => navigator.clipboard.writeText(''));
    await chat.choose(1, 'copy');
    await expect.poll(() => carol.page.evaluate(() => navigator.clipboard.readText())).toBe(text);
    expect(carol.troubles).toEqual([]);
  },
);
