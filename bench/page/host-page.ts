import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

/** The same page each time, but for how it embeds the chat. */
export const variants = ['without', 'script tag', 'inlined loader', 'placement=inline'] as const;
export type Variant = (typeof variants)[number];

/** Somebody's site, of another origin than the chat: text, a style sheet, a script and a picture of 250 kB. */
export interface HostSite {
  readonly origin: string;
  /** From now on its pages take the chat from there: a server's URL, with a slash at its end. */
  embed(chat: string): void;
  pageOf(variant: Variant): string;
  close(): Promise<void>;
}

// What embedding.md gives to those who inline the loader.
const [inlined = ''] = readFileSync('docs/embedding.md', 'utf8').match(/<script type="module">.+<\/script>/) ?? [];
const picture = readFileSync('docs/pictures/demo.png');
const text = 'Forty-five minutes on what goes into the autumn release, and on what does not. '.repeat(8);
const style = `body{margin:0 auto;max-width:60rem;font:1rem/1.5 sans-serif}img{width:100%;height:auto}
aside{height:32rem;margin-block:2rem;border:1px solid #ccc}nav{min-height:6rem}aside>*{display:block;height:100%}`;
const script = `document.querySelector('nav').textContent = [...document.querySelectorAll('h2')].map((title) => title.textContent).join(' · ');`;

export async function startHostSite(): Promise<HostSite> {
  let files: { readonly [path: string]: { type: string; body: string | Buffer } } = {};
  const server = createServer((request, response) => {
    const file = files[request.url ?? ''];
    if (!file) return void response.writeHead(204).end();
    const headers = { 'content-type': `${file.type}; charset=utf-8`, 'cache-control': 'max-age=60' };
    response.writeHead(200, headers).end(file.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  const origin = `http://127.0.0.1:${address.port}`;
  return {
    origin,
    embed(chat) {
      const pages = variants.map((variant) => [pathOf(variant), { type: 'text/html', body: page(variant, chat) }]);
      files = {
        '/style.css': { type: 'text/css', body: style },
        '/page.js': { type: 'text/javascript', body: script },
        '/picture.png': { type: 'image/png', body: picture },
        ...Object.fromEntries(pages),
      };
    },
    pageOf: (variant) => origin + pathOf(variant),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function pathOf(variant: Variant): string {
  return `/${variant.replaceAll(/\W/g, '-')}.html`;
}

function page(variant: Variant, chat: string): string {
  const tag = `<script type="module" async src="${chat}widget.js"></script>`;
  const loader = { without: '', 'script tag': tag, 'inlined loader': inlined, 'placement=inline': tag }[variant];
  const placement = variant === 'placement=inline' ? 'inline' : 'floating';
  const element = `<meeting-chat server="${chat.replace(/\/$/, '')}" meeting="standup" token-storage="jwt" placement="${placement}"></meeting-chat>`;
  const sections = Array.from({ length: 12 }, (_, i) => `<h2>Part ${i + 1}</h2><p>${text}</p><p>${text}</p>`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Somebody's page</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="style.css">
${loader}<script defer src="page.js"></script></head><body><nav></nav><h1>A page with a picture</h1>
<img src="picture.png" width="1920" height="1260" alt="The picture">
<aside>${placement === 'inline' ? element : ''}</aside>
${sections.join('\n')}
${variant === 'without' || placement === 'inline' ? '' : element}</body></html>`;
}
