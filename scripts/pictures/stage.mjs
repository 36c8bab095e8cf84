// A built server in demo mode, a browser, and two people who talk; everything ends with `close`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumFlags } from '../../test/services/chromium-flags.mjs';

export async function openStage() {
  const data = mkdtempSync(join(tmpdir(), 'meeting-chat-pictures-'));
  const server = spawn(process.execPath, ['dist/server/main.js', 'serve', '--demo'], {
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', DATABASE_URL: `file:${data}/chat.db` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [...chromiumFlags],
  });
  return {
    browser,
    url: await address(server),
    async close() {
      await browser.close();
      server.kill();
      if (server.exitCode === null) await once(server, 'exit');
      rmSync(data, { recursive: true });
    },
  };
}

/** Both sides of a story say and do what it tells. `sides`: each one's element. */
export async function perform({ talk }, sides) {
  const all = Object.values(sides);
  for (const [index, { who, text, answers, react }] of talk.entries()) {
    const place = index + 1;
    if (answers) await choose(sides[who], answers, 'reply');
    const composer = sides[who].locator('textarea');
    await composer.fill(text);
    await composer.press('Enter');
    for (const side of all) await messageOf(side, place).waitFor();
    if (react) {
      await messageOf(sides[react.who], place).press('Enter');
      await sides[react.who].locator('[part="menu-emoji"]', { hasText: react.emoji }).press('Enter');
      for (const side of all) await messageOf(side, place).locator('[part="reaction"]').waitFor();
    }
  }
  for (const side of all) await side.locator('[part~="message-own"]').last().locator('[data-reach="read"]').waitFor();
}

async function choose(side, place, item) {
  await messageOf(side, place).press('Enter');
  await side.locator(`[part="menu-item"][data-name="${item}"]`).press('Enter');
}

/** By its place, since reactions have a seq, too. */
export function messageOf(side, place) {
  return side.locator('[part~="message"][data-seq]').nth(place - 1);
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
