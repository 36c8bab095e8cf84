// Takes the pictures in docs/pictures anew, from the built server in demo mode and a short conversation.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { smallerPng } from './smaller-png.mjs';

const folder = 'docs/pictures';
const size = { width: 1280, height: 840 };
const conversation = [
  ['organizer', 'Welcome! We start in two minutes.'],
  ['participant', 'Good morning! Sound and picture are fine here.'],
  ['organizer', 'Great. The plan is in https://example.com/plan'],
  ['participant', 'Thanks! One question:\nis the export in this release?'],
  ['organizer', 'It is, and we start with it.'],
];

mkdirSync(folder, { recursive: true });
await picture('demo.png', 'light');
await picture('demo-dark.png', 'dark');

async function picture(name, colorScheme) {
  const data = mkdtempSync(join(tmpdir(), 'meeting-chat-pictures-'));
  const server = spawn(process.execPath, ['dist/server/main.js', 'serve', '--demo'], {
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', DATABASE_URL: `file:${data}/chat.db` },
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
    const page = await browser.newPage({ viewport: size, deviceScaleFactor: 1.5, colorScheme, locale: 'en-GB' });
    await page.goto(`${await address(server)}/?name=Alex&meeting=autumn-release`);
    await talk(page);
    // No caret and no focus ring in the picture.
    await page.locator('h1').click();
    const path = join(folder, name);
    const png = smallerPng(await page.screenshot({ animations: 'disabled' }));
    writeFileSync(path, png);
    console.log(`${path} ${Math.round(png.length / 1000)} kB`);
  } finally {
    await browser.close();
    server.kill();
    if (server.exitCode === null) await once(server, 'exit');
    rmSync(data, { recursive: true });
  }
}

async function talk(page) {
  const sides = ['organizer', 'participant'].map((role) =>
    page.frameLocator(`[data-frame=${role}]`).locator('meeting-chat'),
  );
  for (const [index, [role, text]] of conversation.entries()) {
    const composer = sides[role === 'organizer' ? 0 : 1].locator('textarea');
    await composer.fill(text);
    await composer.press('Enter');
    for (const side of sides) await side.locator(`[part~="message"][data-seq="${index + 1}"]`).waitFor();
  }
}

function address(server) {
  return new Promise((resolve, reject) => {
    let output = '';
    // Read to its end: a server whose output nobody takes stops at its next line.
    server.stdout.on('data', (chunk) => {
      output += chunk;
      const found = /listening on (http:\/\/\S+)/.exec(output);
      if (found) resolve(found[1]);
    });
    server.once('exit', () => reject(new Error(`The server ended: ${output}`)));
  });
}
