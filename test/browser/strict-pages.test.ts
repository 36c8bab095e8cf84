import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { token } from '../tokens.ts';
import { browserTest } from './browser.ts';
import { chatOn } from './chat.ts';
import { useSite } from './site.ts';

// In a sandboxed frame a page has no origin, and browsers say so by this word.
const site = useSite({ origins: ['null'] });
const alice = token({ sub: 'alice', meetings: ['standup'] });
const docs = readFileSync('docs/embedding.md', 'utf8');

/** Without a single style of its own: a page that forbids them all has none. */
const element = (server: string) =>
  `<meeting-chat server="${new URL(server).origin}" meeting="standup" token-storage="jwt" placement="inline"></meeting-chat>`;
const tag = (server: string, more = '') => `<script type="module" async src="${server}widget.js"${more}></script>`;
const page = (script: string, server: string) => `<!doctype html><title>Strict</title>${script}${element(server)}`;
const strict = (server: string, scripts = '') => {
  const { origin, host } = new URL(server);
  return `default-src 'none'; style-src 'none'; script-src ${origin} ${scripts}; connect-src ${origin} ws://${host}`;
};

/** Sends a message on the page and has it acked; with not one thing that the page's rules forbade on the way. */
async function works(policy: { [header: string]: string }, html: string, text: string): Promise<void> {
  const { host, browser } = site();
  host.show(html, policy);
  const { page: tab, troubles } = await browser.person(alice);
  await tab.goto(host.origin);
  await sendOn(chatOn(tab), text);
  expect(troubles).toEqual([]);
}

async function sendOn(chat: ReturnType<typeof chatOn>, text: string): Promise<void> {
  await chat.composer.waitFor();
  await chat.say(text);
  await expect.poll(() => chat.messages()).toContainEqual({ seq: expect.any(Number), state: 'sent', text });
}

browserTest('works where no styles, and scripts and connections only of the chat server, are allowed', async () => {
  const { url } = site().server;
  await works({ 'content-security-policy': strict(url) }, page(tag(url), url), 'under a strict policy');
});

browserTest('works under Trusted Types', async () => {
  const { url } = site().server;
  const policy = `${strict(url)}; require-trusted-types-for 'script'; trusted-types lit-html`;
  await works({ 'content-security-policy': policy }, page(tag(url), url), 'under Trusted Types');
});

browserTest('works on a page that is isolated from other origins', async () => {
  const { url } = site().server;
  await works(
    { 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-opener-policy': 'same-origin' },
    page(`${tag(url)}<script>if (!crossOriginIsolated) throw new Error('not isolated')</script>`, url),
    'in isolation',
  );
});

browserTest('works by the loader of one version, held to its published hash and cached for ever', async () => {
  const { url } = site().server;
  const published: unknown = await (await fetch(`${url}integrity.json`)).json();
  const [name = '', integrity = ''] = Object.entries(published ?? {})[0] ?? [];
  const answer = await fetch(`${url}${name}`);
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(
    `sha384-${createHash('sha384')
      .update(await answer.text())
      .digest('base64')}`,
  ).toBe(integrity);
  const script = `<script type="module" async src="${url}${name}" integrity="${integrity}"></script>`;
  await works({ 'content-security-policy': strict(url) }, page(script, url), 'by its hash');
});

browserTest('works by the inlined loader of the docs, under a policy that has its hash', async () => {
  const { url } = site().server;
  const [script = ''] = docs.match(/<script type="module">.+<\/script>/) ?? [];
  const [hash = ''] = docs.match(/'sha256-[^']+'/) ?? [];
  await works({ 'content-security-policy': strict(url, hash) }, page(script, url), 'inlined');
});

browserTest('works in a sandboxed frame, which has no storage, with a token by getToken', async () => {
  const { host, browser, server } = site();
  const inside = `${tag(server.url)}<script type="module">
    const chat = document.querySelector('meeting-chat');
    chat.getToken = () => '${alice}';
  </script>${element(server.url)}`;
  host.show(
    `<!doctype html><iframe sandbox="allow-scripts" width="500" height="700" srcdoc="${inside.replaceAll('"', '&quot;')}"></iframe>`,
  );
  const { page: tab } = await browser.person();
  await tab.goto(host.origin);
  const frame = tab.frames()[1];
  if (!frame) throw new Error('no frame');
  expect(await frame.evaluate(() => origin)).toBe('null');
  await sendOn(chatOn(frame), 'from a sandbox');
});

browserTest('works where storage is blocked', async () => {
  const { host, browser, server } = site();
  host.show(page(tag(server.url), server.url).replace('token-storage="jwt"', ''));
  const { page: tab, troubles } = await browser.person();
  await tab.addInitScript(() => {
    const blocked = {
      get: () => {
        throw new DOMException('blocked', 'SecurityError');
      },
    };
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) Object.defineProperty(window, name, blocked);
  });
  await tab.goto(host.origin);
  await tab.evaluate((jwt) => {
    const chat = document.querySelector('meeting-chat');
    if (chat) Reflect.set(chat, 'getToken', () => jwt);
  }, alice);
  await sendOn(chatOn(tab), 'without storage');
  expect(troubles).toEqual([]);
});
