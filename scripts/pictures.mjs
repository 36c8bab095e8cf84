// Takes the pictures in docs/pictures anew, from the built server in demo mode and a short conversation.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, openStage, perform } from './pictures/stage.mjs';
import { arabic, release } from './pictures/stories.mjs';
import { smallerPng } from './smaller-png.mjs';

const folder = 'docs/pictures';
const wide = { width: 1280, height: 840 };
const page = { width: 1120, height: 720 };
const phone = { width: 390, height: 780 };

mkdirSync(folder, { recursive: true });
await demo('demo.png', 'light');
await demo('demo-dark.png', 'dark');
await sides('right-to-left.png', { story: arabic, viewport: page, show: 'p' });
await sides('organizer.png', {
  story: release,
  viewport: page,
  show: 'o',
  async prepare(chat) {
    await chat.locator('[part="open-members"]').click();
    await chat.locator('[part="meeting"]').waitFor();
  },
});
await sides('forced-colors.png', { story: release, viewport: page, media: { forcedColors: 'active' }, show: 'p' });
await sides('private.png', {
  story: release,
  viewport: page,
  show: 'p',
  async prepare(chat) {
    await chat.locator('[part="open-members"]').click();
    await chat.locator('[part="privately"]').click();
    await chat.locator('[part="recipient"]').waitFor();
    for (const text of ['May I show the export myself?', 'It takes two minutes.']) {
      await chat.locator('textarea').fill(text);
      await chat.locator('textarea').press('Enter');
      await chat.locator('[part~="message-own"]', { hasText: text }).locator('[data-reach="delivered"]').waitFor();
    }
  },
});
await sides('phone.png', {
  story: release,
  viewport: phone,
  touch: true,
  show: 'p',
  async prepare(chat) {
    await messageOf(chat, 5).press('Enter');
    await chat.locator('[part="menu-item"][data-name="reply"]').press('Enter');
    await chat.locator('textarea').fill('Perfect, thank you');
  },
});

/** The demo's front page, with both sides beside each other. */
async function demo(name, colorScheme) {
  const stage = await openStage();
  try {
    const view = await stage.browser.newPage({ viewport: wide, deviceScaleFactor: 1.5, colorScheme, locale: 'en-GB' });
    await view.goto(`${stage.url}/?name=${release.names.o}&meeting=${release.meeting}`);
    const side = (role) => view.frameLocator(`[data-frame=${role}]`).locator('meeting-chat');
    await perform(release, { o: side('organizer'), p: side('participant') });
    // No caret and no focus ring in the picture.
    await view.locator('h1').click();
    await take(view, name);
  } finally {
    await stage.close();
  }
}

/** One side's page as that person sees it: in their language, on their screen. */
async function sides(name, { story, viewport, media = {}, touch = false, show, prepare = async () => {} }) {
  const stage = await openStage();
  try {
    const open = async (who, role) => {
      const context = await stage.browser.newContext({
        viewport,
        deviceScaleFactor: 1.5,
        locale: 'en-GB',
        hasTouch: touch,
        colorScheme: 'light',
      });
      const view = await context.newPage();
      await view.emulateMedia(media);
      await view.goto(`${stage.url}/demo/${role}.html?name=${story.names[who]}&meeting=${story.meeting}`);
      const chat = view.locator('meeting-chat');
      await chat.evaluate((element, lang) => element.setAttribute('lang', lang), story.lang);
      await chat.locator('textarea').waitFor();
      return { view, chat };
    };
    const both = { o: await open('o', 'organizer'), p: await open('p', 'participant') };
    await perform(story, { o: both.o.chat, p: both.p.chat });
    const { view, chat } = both[show];
    await view.bringToFront();
    await view.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.blur());
    await prepare(chat);
    await take(view, name);
  } finally {
    await stage.close();
  }
}

async function take(view, name) {
  const path = join(folder, name);
  const png = smallerPng(await view.screenshot({ animations: 'disabled' }));
  writeFileSync(path, png);
  console.log(`${path} ${Math.round(png.length / 1000)} kB`);
}
