import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { startInstance } from '../../test/instance.ts';
import { chromiumFlags, chromiumPath } from '../../test/services/chromium.ts';
import { token } from '../../test/tokens.ts';
import { startHostSite, variants } from './host-page.ts';
import { tableOf } from './table.ts';
import { type Visit, visit } from './visit.ts';

const output = '.cache/bench-results/page.json';
const say = (line: string) => void process.stdout.write(`${line}\n`);

const { values } = parseArgs({ options: { pairs: { type: 'string', default: '15' } } });

const site = await startHostSite();
const server = await startInstance({ env: { ALLOWED_ORIGINS: site.origin } });
site.embed(server.url);
const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumFlags] });
const alice = token({ sub: 'alice', name: 'Alice', meetings: ['standup'] });

/** One visit of each kind, begun with another one each turn. */
async function turn(number: number): Promise<void> {
  for (let i = 0; i < variants.length; i += 1) {
    const variant = variants[(i + number) % variants.length] ?? 'without';
    const seen = await visit(browser, {
      url: site.pageOf(variant),
      chat: server.url,
      token: alice,
      withChat: variant !== 'without',
    });
    measured[variant].push(seen);
    say(
      `${number + 1} ${variant.padEnd(16)} LCP ${seen.lcp.toFixed(0)} ms, blocking ${seen.blocking.all.toFixed(0)} ms`,
    );
  }
}

const measured: { [name in (typeof variants)[number]]: Visit[] } = {
  without: [],
  'script tag': [],
  'inlined loader': [],
  'placement=inline': [],
};
try {
  await write(30);
  for (let number = 0; number < Number(values.pairs); number += 1) await turn(number);
} finally {
  await browser.close();
  await site.close();
  await server.remove();
}
mkdirSync('.cache/bench-results', { recursive: true });
writeFileSync(output, `${JSON.stringify(measured, null, 2)}\n`);
say(`\n${tableOf(measured)}\n\nMedians of ${values.pairs}, and the quartiles. In full: ${output}`);

/** So that the chat has something to show. */
async function write(messages: number): Promise<void> {
  const headers = {
    authorization: `Bearer ${token({ sub: 'bob', name: 'Bob', meetings: ['standup'] })}`,
    'content-type': 'application/json',
  };
  for (let i = 0; i < messages; i += 1) {
    const body = JSON.stringify({ text: `Message ${i} of the meeting, as long as messages are` });
    const answer = await fetch(`${server.url}channels/standup/messages`, { method: 'POST', headers, body });
    if (!answer.ok) throw new Error(`no message was stored: ${answer.status} ${await answer.text()}`);
  }
}
