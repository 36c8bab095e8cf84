import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { fillChannels } from '../filled-channel.ts';
import { type Instance, startInstance } from '../instance.ts';
import { removeDir, tempDir } from '../services/process.ts';
import { token } from '../tokens.ts';
import { browserTest, openBrowser, type TestBrowser } from './browser.ts';
import { type Host, hostPage, startHost } from './host.ts';

const length = 100_000;
const rowsAtMost = 300;
let host: Host;
let server: Instance;
let browser: TestBrowser;
let data: string;

beforeAll(async () => {
  data = tempDir('long-history');
  await fillChannels(`file:${data}/chat.db`, [
    { channel: 'long', messages: length },
    { channel: 'short', messages: 50 },
  ]);
  host = await startHost();
  server = await startInstance({ data, env: { ALLOWED_ORIGINS: host.origin } });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.remove();
  await host?.close();
  removeDir(data);
});

/** On a page with an element that has not been told yet which meeting it shows. */
async function visit(): Promise<Page> {
  host.show(hostPage({ server: server.url, meetings: ['short'] }));
  const { page } = await browser.person(
    token({ sub: 'zoe', name: 'Zoe', meetings: { short: 'participant', long: 'participant' } }),
  );
  await page.goto(host.origin);
  await page.locator('meeting-chat [part~="message"]').last().waitFor();
  return page;
}

/** Runs in the page: from the meeting's name to its newest message on the screen. */
async function timeToOpen([meeting, newest]: [string, number]): Promise<number> {
  const chat = document.querySelector('meeting-chat');
  if (!chat?.shadowRoot) throw new Error('no chat');
  chat.removeAttribute('meeting');
  const frame = () => new Promise<void>((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
  await frame();
  const begun = performance.now();
  chat.setAttribute('meeting', meeting);
  while (!chat.shadowRoot.querySelector(`.message[data-seq="${newest}"]`)) await frame();
  return performance.now() - begun;
}

type Climb = { movedPx: number; rows: number; firstSeq: number };

/** Runs in the page: scrolls up until that many pages have been put before what was there, and watches the reader's place. */
async function climb(pages: number): Promise<Climb> {
  const list = document.querySelector('meeting-chat')?.shadowRoot?.querySelector('.list');
  if (!list) throw new Error('no list');
  const frame = () => new Promise<void>((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
  const firstSeq = () => Number(list.querySelector<HTMLElement>('.message')?.dataset.seq);
  const inSight = () => {
    const { top } = list.getBoundingClientRect();
    return [...list.querySelectorAll('.message')].find((row) => row.getBoundingClientRect().bottom > top);
  };
  let movedPx = 0;
  let rows = 0;
  // At the end the place is kept with the frame: between two of them it cannot be read.
  while (list.ariaBusy === 'true') await frame();
  for (let page = 0; page < pages && firstSeq() > 1; ) {
    list.scrollTop -= list.clientHeight;
    await frame();
    const before = firstSeq();
    const row = inSight();
    const top = row?.getBoundingClientRect().top ?? 0;
    // Near the start the next page is on its way: until all of it is there, and in the frame after it, nothing may move.
    do {
      await frame();
      movedPx = Math.max(movedPx, Math.abs((row?.getBoundingClientRect().top ?? 0) - top));
      rows = Math.max(rows, list.querySelector('.rows')?.childElementCount ?? 0);
    } while (list.ariaBusy === 'true' || (list.scrollTop < 600 && firstSeq() === before && before > 1));
    if (firstSeq() !== before) page += 1;
  }
  return { movedPx, rows, firstSeq: firstSeq() };
}

type Heap = { bytes: number; nodes: number };

/** What is alive, after the garbage is gone. */
async function heapOf(page: Page): Promise<Heap> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('Performance.enable');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const figure = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  await devtools.detach();
  return { bytes: figure('JSHeapUsedSize'), nodes: figure('Nodes') };
}

const told = ({ bytes, nodes }: Heap) => `${(bytes / 1e6).toFixed(2)} MB and ${nodes} nodes`;
const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

browserTest('a channel of 100,000 messages opens as fast as one of 50', async () => {
  const page = await visit();
  const times: { long: number[]; short: number[] } = { long: [], short: [] };
  // In pairs: what else the machine does falls on both.
  for (let round = 0; round < 15; round += 1) {
    times.long.push(await page.evaluate(timeToOpen, ['long', length] as [string, number]));
    times.short.push(await page.evaluate(timeToOpen, ['short', 50] as [string, number]));
  }
  const ratio = median(times.long.map((time, round) => time / (times.short[round] ?? Number.NaN)));
  console.log(
    `100,000 messages open in ${median(times.long).toFixed()} ms, 50 in ${median(times.short).toFixed()} ms, ratio ${ratio.toFixed(2)}`,
  );
  expect(ratio).toBeLessThan(2);
});

browserTest(
  'towards the top of 100,000 messages at most 300 rows are held, the place does not move by a pixel, and memory stays flat',
  async () => {
    const page = await visit();
    await page.evaluate(timeToOpen, ['long', length] as [string, number]);
    const climbs = [await page.evaluate(climb, 10)];
    const early = await heapOf(page);
    climbs.push(await page.evaluate(climb, 40));
    const late = await heapOf(page);
    console.log(`after 500 messages ${told(early)}, after 2,500 ${told(late)}`);
    expect(late.bytes / early.bytes).toBeLessThan(1.1);
    expect(late.nodes / early.nodes).toBeLessThan(1.1);

    await page.evaluate((seq) => document.querySelector('meeting-chat')?.jumpTo(seq), 400);
    climbs.push(await page.evaluate(climb, 20));
    expect(climbs.at(-1)?.firstSeq).toBe(1);
    for (const { movedPx, rows } of climbs) {
      expect(rows).toBeLessThanOrEqual(rowsAtMost);
      expect(movedPx).toBe(0);
    }
  },
);
