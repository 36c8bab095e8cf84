import { expect } from 'vitest';
import { browserTest } from '../browser/browser.ts';
import { chatOn } from '../browser/chat.ts';
import { useSite } from '../browser/site.ts';
import { TestClient } from '../client.ts';
import { token } from '../tokens.ts';

const site = useSite();

/** As template languages write it; apart, so that ours does not read it. */
const braces = `$${'{alert(1)}'}`;

/** What has run as a script somewhere. Each would open a dialog, ask a foreign server, or break the policy. */
const corpus: readonly string[] = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<img src="https://evil.example/pixel.png">',
  '<svg onload=alert(1)>',
  '<svg><script href="data:,alert(1)"/></svg>',
  '<svg><animate onbegin=alert(1) attributeName=x dur=1s>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
  '<object data="data:text/html,<script>alert(1)</script>"></object>',
  '<embed src="//evil.example/x.swf">',
  '<link rel=stylesheet href="https://evil.example/x.css">',
  '<style>@import "https://evil.example/x.css";</style>',
  '<meta http-equiv=refresh content="0;url=https://evil.example">',
  '<base href="https://evil.example/">',
  '<form action="https://evil.example"><button>press</button></form>',
  '<details open ontoggle=alert(1)>',
  '<video><source onerror=alert(1)></video>',
  '<body onload=alert(1)>',
  '<template><img src=x onerror=alert(1)></template>',
  '<slot name=x><img src=x onerror=alert(1)></slot>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover=alert(1) x='",
  '" autofocus onfocus=alert(1) "',
  '`onerror=alert(1)`',
  '--><script>alert(1)</script>',
  ']]><script>alert(1)</script>',
  '</textarea><script>alert(1)</script>',
  '</style><script>alert(1)</script>',
  braces,
  '{{constructor.constructor("alert(1)")()}}',
  '#{alert(1)} <%= alert(1) %> @{alert(1)}',
  `<!--?lit$123$-->${braces}<?lit$123$?>`,
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#x3C;img src=x onerror=alert(1)&#x3E;',
  '\\u003cimg src=x onerror=alert(1)\\u003e',
  '<scr\u0000ipt>alert(1)</scr\u0000ipt>',
  '<ſcript>alert(1)</ſcript>',
  '＜img src=x onerror=alert(1)＞',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)//http://example.com',
  'java\tscript:alert(1)',
  ' javascript://example.com/%0Aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  'vbscript:msgbox(1)',
  'blob:https://example.com/x file:///etc/passwd ftp://evil.example/x',
  'https://example.com/"onmouseover="alert(1)',
  "https://example.com/'onclick='alert(1)",
  'https://example.com/<img src=x onerror=alert(1)>',
  `https://example.com/?q=${braces}`,
  '[click](javascript:alert(1)) ![x](https://evil.example/pixel.png)',
  'mailto:a@example.com?subject=<script>alert(1)</script>',
  'https://user:password@example.com@evil.example/',
  'https://аррӏе.com/ https://gооgle.com/ https://пример.рф/',
  'https://example.com/\u202Egpj.exe',
  '\u202Etxet denrut \u2066and isolated',
  'a'.repeat(5_000),
  'Z̷̢̛̛͈̦̺̖̩̘̲͔͔̝̥̜͙̱͆̀̈́͊͗̎̄̕͝a̶l̶g̶o̶'.repeat(20),
];

/** Names that pretend to be more than one. */
const names = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  'Alice\u202E (organizer)',
  'B\u2066ob\u2069',
  `${braces}{{alert(1)}}`,
  "' onclick='alert(1)",
];

function strictPage(server: string): string {
  const policy = [
    "default-src 'none'",
    `script-src ${server}`,
    `connect-src ${server} ${server.replace('http', 'ws')}`,
    "style-src 'none'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
  return `<!doctype html><html lang="en"><head><title>Strict</title>
<meta http-equiv="Content-Security-Policy" content="${policy.replaceAll('"', '&quot;')}">
<script type="module" async src="${server}/widget.js"></script></head>
<body><meeting-chat server="${server}" meeting="xss" token-storage="jwt" placement="inline" load="eager"></meeting-chat></body></html>`;
}

browserTest(
  'line 6: texts, names, titles and links from the corpus, under Trusted Types: no dialog, no violation, no foreign request',
  async () => {
    const { server, host, browser } = site();
    const origin = new URL(server.url).origin;
    const organizer = token({ sub: 'org', name: names[0] ?? '', meetings: { xss: 'organizer' } });
    const titled = await fetch(new URL('channels/xss', server.url), {
      method: 'PATCH',
      headers: { authorization: `Bearer ${organizer}`, 'content-type': 'application/json' },
      body: JSON.stringify({ title: '<img src=x onerror=alert(1)>"><script>alert(1)</script>' }),
    });
    expect(titled.status).toBe(200);
    const senders = await Promise.all(
      names.map((name, i) =>
        new TestClient(server.url, token({ sub: `sender-${i}`, name, meetings: ['xss'] })).connected(),
      ),
    );
    for (const sender of senders) await sender.command('join', { channel: 'xss' });
    for (const [i, text] of corpus.entries()) {
      const answer = await senders[i % senders.length]?.ask('send', {
        channel: 'xss',
        key: `corpus-${i}`,
        text,
        replyTo: 1,
      });
      expect(answer?.ok, text).toBe(true);
    }

    const reader = await browser.person(token({ sub: 'reader', meetings: ['xss'] }));
    const { page } = reader;
    const dialogs: string[] = [];
    const foreign: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    page.context().on('request', (request) => {
      if (![origin, host.origin].includes(new URL(request.url()).origin)) foreign.push(request.url());
    });
    host.show(strictPage(origin));
    await page.goto(host.origin);
    const chat = chatOn(page);
    // So high that what has been shown does not fill it: then the page of messages before is asked for.
    await chat.element.evaluate((element) => {
      element.style.height = '20000px';
    });
    // The latest pages of it; the last one is there when the code that finds links is too.
    await expect.poll(async () => (await chat.texts()).length).toBeGreaterThanOrEqual(50);
    const links = chat.element.locator('a[part~=link]');
    await links.first().waitFor();
    // Live too, after history.
    await senders[0]?.command('send', { channel: 'xss', key: 'live', text: corpus[1] ?? '' });
    await expect.poll(async () => (await chat.texts()).at(-1)).toBe(corpus[1]);
    // Wherever the mouse goes, and whatever has the focus.
    for (const part of ['message', 'name', 'link'])
      for (const event of ['mouseover', 'mousemove', 'focus'])
        await chat.element.locator(`[part~=${part}]`).last().dispatchEvent(event);
    await page.keyboard.press('Tab');

    const shown = await chat.texts();
    const plain = corpus.filter((text) => !/https?:|mailto:|[^ -~]|^ | $/.test(text));
    for (const text of plain.slice(-30)) expect(shown).toContain(text);
    const seen = await links.evaluateAll((all) =>
      all.map((link) => ({
        href: link.getAttribute('href') ?? '',
        rel: link.getAttribute('rel'),
        text: link.textContent ?? '',
      })),
    );
    expect(seen.length).toBeGreaterThan(5);
    for (const { href, rel, text } of seen) {
      expect(href).toMatch(/^(https?:\/\/|mailto:)/);
      expect(rel).toBe('noopener noreferrer nofollow');
      expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
    }
    expect(seen.map(({ text }) => text).join(' ')).toContain('xn--');
    expect(seen.map(({ text }) => text).join(' ')).toContain('https://пример.рф');
    // Elements that no view of ours makes.
    const strangers = chat.element.locator(
      'script, iframe, object, embed, link, base, form[action], svg script, [onerror], [onload], [onclick]',
    );
    expect(await strangers.count()).toBe(0);
    const named = await chat.element.locator('bdi[part~=name]').allTextContents();
    expect(named.length).toBeGreaterThan(0);
    expect(named.join('')).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
    // No token and no key of it in the page.
    const dom = await page.evaluate(
      () => document.documentElement.outerHTML + (document.querySelector('meeting-chat')?.shadowRoot?.innerHTML ?? ''),
    );
    expect(dom).not.toContain('eyJ');
    for (const sender of senders) sender.close();
    console.log(
      `corpus of ${corpus.length}: ${dialogs.length} dialogs, ${foreign.length} foreign requests, ${reader.troubles.length} violations or errors`,
    );
    expect({ dialogs, foreign, troubles: reader.troubles }).toEqual({ dialogs: [], foreign: [], troubles: [] });
  },
);
