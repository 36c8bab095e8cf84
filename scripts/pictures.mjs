// Takes the pictures in docs/pictures anew, from the built server in demo mode and a short conversation.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const folder = 'docs/pictures';
const data = mkdtempSync(join(tmpdir(), 'meeting-chat-pictures-'));
const server = spawn(process.execPath, ['dist/server/main.js', 'serve', '--demo'], {
  env: {
    PATH: process.env.PATH,
    HOST: '127.0.0.1',
    PORT: '0',
    DATABASE_URL: `file:${data}/chat.db`,
    LOG_LEVEL: 'warn',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
try {
  mkdirSync(folder, { recursive: true });
  const address = await listening(server);
  for (const colorScheme of ['light', 'dark']) {
    await picture(address, { colorScheme, file: `${folder}/demo${colorScheme === 'dark' ? '-dark' : ''}.png` });
  }
} finally {
  await browser.close();
  server.kill();
  await new Promise((resolve) => server.once('exit', resolve));
  rmSync(data, { recursive: true });
}

async function picture(address, { colorScheme, file }) {
  const page = await browser.newPage({
    viewport: { width: 1360, height: 860 },
    deviceScaleFactor: 1.5,
    colorScheme,
    locale: 'en-GB',
  });
  const visit = new URLSearchParams({ name: 'Alex', meeting: `autumn-release${colorScheme === 'dark' ? '-2' : ''}` });
  await page.goto(`${address}?${visit}`);
  const organizer = page.frameLocator('[data-frame=organizer]');
  const participant = page.frameLocator('[data-frame=participant]');
  const lines = [
    [organizer, 'Welcome! We start in two minutes.'],
    [participant, 'Good morning 👋 Sound and picture are fine here.'],
    [organizer, 'Great. The plan is in https://example.com/plan'],
    [participant, 'Thanks! One question before we begin:\nis the export in this release, or in the next?'],
    [organizer, 'In this one. We come to it under “What we leave out” 🙂'],
  ];
  for (const [index, [side, text]] of lines.entries()) {
    await side.locator('meeting-chat textarea').fill(text);
    await side.locator('meeting-chat textarea').press('Enter');
    for (const reader of [organizer, participant])
      await reader.locator(`meeting-chat [part~="message"][data-seq="${index + 1}"]`).waitFor();
  }
  // No caret and no focus ring in the picture.
  await page.locator('h1').click();
  await page.screenshot({ path: file, animations: 'disabled', clip: { x: 0, y: 0, width: 1360, height: 860 } });
  console.log(`${file} ${Math.round(statSync(file).size / 1000)} kB`);
  await page.close();
}

function listening(child) {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const found = /listening on (http:\/\/\S+)/.exec(output);
      if (found) resolve(`${found[1]}/`);
    });
    child.once('exit', () => reject(new Error(`The server ended: ${output}`)));
  });
}
