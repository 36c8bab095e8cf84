import type { Page } from 'playwright-core';

/**
 * Somebody else; a meeting in which the reader is a participant; and what its organizer does there over HTTP. `hold` has a
 * message of the other one's wait in the meeting `quiet`, whose organizer the reader is.
 */
export type Elsewhere = {
  readonly other: string;
  readonly shut: string;
  moderate(method: string, path: string, body?: object): Promise<void>;
  hold(text: string): Promise<void>;
};

/** The element's ways from state to state, each from the one before. */
export const states: { readonly [name: string]: (page: Page, elsewhere: Elsewhere) => Promise<void> } = {
  'a conversation': async (page) => page.locator('[part="reaction"]').first().waitFor(),
  'the focus on a message': async (page) => page.locator('[part~="message"]').first().focus(),
  'its menu': async (page) => {
    await page.keyboard.press('Enter');
    await page.locator('[part="menu"]').waitFor();
  },
  'another emoji': (page) => page.locator('[part="menu-item"][data-name="emoji"]').press('Enter'),
  'the question before a delete': async (page) => {
    await page.keyboard.press('Escape');
    await page.locator('[part~="message"]').first().press('Enter');
    await page.locator('[part="menu-item"][data-name="delete"]').press('Enter');
    await page.locator('[part="confirm-delete"]').waitFor();
  },
  'a reply': async (page) => {
    await page.locator('[part="cancel-delete"]').press('Enter');
    await page.locator('[part~="message"]').first().press('Enter');
    await page.locator('[part="menu-item"][data-name="reply"]').press('Enter');
    await page.locator('[part="purpose"]').waitFor();
  },
  'a text that is too long': async (page) => {
    await page.locator('textarea').fill('ü'.repeat(6_000));
    await page.locator('[part="error"]').waitFor();
  },
  'an edit': async (page) => {
    await page.locator('textarea').fill('');
    await page.locator('[part="cancel"]').press('Enter');
    await page.locator('textarea').press('ArrowUp');
    await page.locator('[part="purpose"]').waitFor();
  },
  'the search': async (page) => {
    await page.locator('[part="cancel"]').press('Enter');
    await page.locator('[part="open-search"]').press('Enter');
    await page.locator('[part="search-input"]').fill('message');
    await page.keyboard.press('Enter');
    await page.locator('[part="search-result"]').first().waitFor();
  },
  'the members, one to be removed': async (page) => {
    await page.keyboard.press('Escape');
    await page.locator('[part="open-members"]').press('Enter');
    await page.locator('[part="remove"]').first().press('Enter');
    await page.locator('[part="confirm-remove"]').waitFor();
  },
  'the settings': async (page) => {
    await page.locator('[part="close-members"]').press('Enter');
    await page.locator('[part="open-settings"]').press('Enter');
    await page.locator('[part="settings"]').waitFor();
  },
  'people offered for a mention': async (page) => {
    await page.locator('[part="close-settings"]').press('Enter');
    await page.locator('textarea').fill('@');
    await page.locator('[part="person"]').first().waitFor();
  },
  'an empty private conversation': async (page, { other }) => {
    await page.locator('textarea').fill('');
    await page.locator('[part="open-members"]').press('Enter');
    await page.locator(`[data-user="${other}"] [part="privately"]`).press('Enter');
    await page.locator('[part="recipient"]').waitFor();
  },
  'a private conversation': async (page) => {
    await page.locator('textarea').fill('between us');
    await page.locator('textarea').press('Enter');
    await page.locator('[part~="message-own"][data-state="sent"]').waitFor();
  },
  'the conversations': async (page) => {
    await page.locator('[part="open-conversations"]').press('Enter');
    await page.locator('[part="conversation"]').nth(1).waitFor();
  },
  'a meeting in which one is muted': async (page, { shut, moderate }) => {
    await page.keyboard.press('Escape');
    await goTo(page, shut);
    await page.locator('[part="empty"]').waitFor();
    await moderate('PUT', '/members/alice', { muted: true });
    await page.locator('[part="closed"]', { hasText: 'muted' }).waitFor();
  },
  'a closed meeting': async (page, { moderate }) => {
    await moderate('PATCH', '', { settings: { state: 'closed' } });
    await page.locator('[part="closed"]', { hasText: 'closed' }).waitFor();
  },
  'a meeting that has ended': async (page, { moderate }) => {
    await moderate('PATCH', '', { settings: { state: 'ended' } });
    await page.locator('[part="closed"]', { hasText: 'ended' }).waitFor();
  },
  'a meeting from which one was removed': async (page, { moderate }) => {
    await moderate('DELETE', '/members/alice');
    await page.locator('[part="banner"][data-name="removed"]').waitFor();
  },
  'an empty channel': async (page) => {
    await goTo(page, 'quiet');
    await page.locator('[part="empty"]').waitFor();
  },
  'messages that wait for an organizer': async (page, { hold }) => {
    for (const text of ['acme', `acme ${'and so on '.repeat(20)}`]) await hold(text);
    await page.locator('[part="open-held"]', { hasText: 'messages wait' }).focus();
  },
  'the list of them': async (page) => {
    await page.locator('[part="open-held"]').press('Enter');
    await page.locator('[part="held-message"]').nth(1).waitFor();
  },
  'the next one, when one was refused': async (page) => {
    await page.locator('[part="refuse"]').first().press('Enter');
    await page.locator('[part="held-message"]:focus').waitFor();
  },
  'a channel that may not be entered': async (page) => {
    await page.locator('[part="close-held"]').press('Enter');
    await goTo(page, 'forbidden');
    await page.locator('[part="banner"]').waitFor();
  },
  'the launcher': async (page) => {
    await goTo(page, 'standup');
    await page.evaluate(() => document.querySelector('meeting-chat')?.setAttribute('placement', 'floating'));
    await page.locator('[part="launcher"]').waitFor();
  },
  'the floating panel': async (page) => {
    await page.locator('[part="launcher"]').press('Enter');
    await page.locator('[part~="message"]').first().waitFor();
  },
};

async function goTo(page: Page, meeting: string): Promise<void> {
  await page.evaluate((name) => document.querySelector('meeting-chat')?.setAttribute('meeting', name), meeting);
}
