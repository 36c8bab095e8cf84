import { chromium } from 'playwright-core';
import { hostPage, startHost } from '../../test/browser/host.ts';
import { fillChannels } from '../../test/filled-channel.ts';
import { startInstance } from '../../test/instance.ts';
import { chromiumFlags, chromiumPath } from '../../test/services/chromium.ts';
import { removeDir, tempDir } from '../../test/services/process.ts';
import { token } from '../../test/tokens.ts';
import { scenes, watchEchoes } from './scenes.ts';
import { traced } from './trace.ts';

const channel = 'long';
const messages = 100_000;
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** What a person does with the element, on a slow computer: what each costs the page's main thread. */
async function measure(): Promise<void> {
  const data = tempDir('bench-widget');
  await fillChannels(`file:${data}/chat.db`, [{ channel, messages }]);
  const host = await startHost();
  const server = await startInstance({ data, env: { ALLOWED_ORIGINS: host.origin } });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumFlags] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const jwt = token({ sub: 'zoe', name: 'Zoe', meetings: { warm: 'participant', [channel]: 'participant' } });
    await page.addInitScript((value) => localStorage.setItem('jwt', value), jwt);
    host.show(hostPage({ server: server.url, meetings: ['warm'] }));
    await page.goto(host.origin);
    await page.locator('meeting-chat textarea').waitFor();

    say(
      `A channel of ${messages.toLocaleString('en')} messages, ms of the main thread on a computer four times as slow\n`,
    );
    say('| | tasks | longest | over 50 ms | together |\n| --- | --- | --- | --- | --- |');
    for (const [name, scene] of Object.entries(scenes)) {
      if (name.startsWith('writing')) {
        await page.evaluate(watchEchoes);
        await page.locator('meeting-chat textarea').focus();
      } else await page.locator('meeting-chat [part="list"]').hover();
      const tasks = await traced(browser, page, () => scene({ page, server: server.url, channel, newest: messages }));
      const { count, longestMs, long, totalMs } = tasks;
      say(`| ${name} | ${count} | ${longestMs} | ${long} | ${totalMs} |`);
    }
    const echoes: { frames: number; ms: number }[] = await page.evaluate(() => Reflect.get(window, 'echoes'));
    const ms = echoes.map((echo) => echo.ms).sort((a, b) => a - b);
    say(
      `\nOne's own message is on the screen ${Math.max(...echoes.map(({ frames }) => frames))} frame after the key at most, ` +
        `${ms[ms.length >> 1]?.toFixed()} ms in the median (${echoes.length} messages)`,
    );
  } finally {
    await browser.close();
    await server.remove();
    await host.close();
    removeDir(data);
  }
}

await measure();
