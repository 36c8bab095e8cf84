import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Entry } from '../../protocol/entities.ts';
import { TestClient } from '../client.ts';
import { figure } from '../figure.ts';
import { type Instance, startInstance } from '../instance.ts';
import { startTcpProxy } from '../services/tcp-proxy.ts';
import { token } from '../tokens.ts';

const ratePerSecond = 1_000;
const everyMs = 20;
const text = 'x'.repeat(500);

let instance: Instance;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance.remove());

async function enter(user: string, url = instance.url): Promise<TestClient> {
  return new TestClient(url, token({ sub: user, meetings: ['standup'] })).connected();
}

/** Readers who note how long each message took to them; a writer at a steady rate until it is told to stop. */
async function traffic() {
  const sentAt = new Map<string, number>();
  let deliveredBytes = 0;
  let delays: [at: number, delay: number][] = [];
  const readers = await Promise.all(Array.from({ length: 5 }, (_, i) => enter(`reader-${i}`)));
  for (const reader of readers) {
    reader.socket.on('entries', ({ entries }: { entries: Entry[] }) => {
      const now = performance.now();
      if (reader === readers[0]) deliveredBytes += JSON.stringify(entries).length;
      for (const entry of entries)
        if (entry.type === 'message') delays.push([now, now - (sentAt.get(entry.key ?? '') ?? now)]);
    });
    await reader.command('join', { channel: 'standup' });
  }
  const writer = await enter('writer');
  let written = 0;
  const from = performance.now();
  const beat = setInterval(() => {
    for (const due = ((performance.now() - from) / 1_000) * ratePerSecond; written < due; written += 1) {
      const key = `message-${written}`;
      sentAt.set(key, performance.now());
      void writer.send('standup', text, key);
    }
  }, everyMs);
  return {
    writer,
    get written() {
      return written;
    },
    /** To one reader, as it goes over the wire. */
    get deliveredBytes() {
      return deliveredBytes;
    },
    /** Since the last call: the 99th percentile of the delays in each half second, and of these the median. */
    p99(): number {
      const windows = new Map<number, number[]>();
      for (const [at, delay] of delays) {
        const window = Math.floor(at / 500);
        windows.set(window, windows.get(window) ?? []);
        windows.get(window)?.push(delay);
      }
      delays = [];
      return quantile(
        [...windows.values()].map((window) => quantile(window, 0.99)),
        0.5,
      );
    },
    stop() {
      clearInterval(beat);
    },
    close() {
      clearInterval(beat);
      for (const client of [writer, ...readers]) client.close();
    },
  };
}

/** Bytes that the kernel holds between the server on this port and whoever reads least: the server cannot bound these. */
function kernelQueue(port: number): number {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const rows = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((row) => row.trim().split(/\s+/));
  const longest = (ofServer: (row: string[]) => boolean, which: 0 | 1) =>
    Math.max(
      0,
      ...rows.filter(ofServer).map(([, , , , queues = '0:0']) => Number.parseInt(queues.split(':')[which] ?? '0', 16)),
    );
  const sent = longest(([, local = '']) => local.endsWith(`:${hex}`), 0);
  const received = longest(([, , remote = '']) => remote.endsWith(`:${hex}`), 1);
  return sent + received;
}

function quantile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN;
}

const closedForSlowness = () => figure(instance.url, 'meeting_chat_closed_total{code="slow_consumer"}');

test('R5 R15: a reader of 1 kB/s in a channel of 1,000 msg/s is closed as slow before it costs the server 2 MB, unnoticed by the others, and catches up', async () => {
  const proxy = await startTcpProxy(Number(new URL(instance.url).port));
  const running = await traffic();
  try {
    await expect.poll(() => running.written, { interval: 100 }).toBeGreaterThan(3 * ratePerSecond);
    const without = running.p99();

    proxy.throttle(1_000);
    const slow = await enter('slow', `http://127.0.0.1:${proxy.port}`);
    const { head } = await running.writer.command('join', { channel: 'standup', limit: 1 });
    const back = new Promise<void>((resolve) => slow.socket.once('connect', () => resolve()));
    const before = running.deliveredBytes;
    // Its answer stands in the line, too.
    slow.command('join', { channel: 'standup', since: head }).catch(() => undefined);
    const closedBefore = await closedForSlowness();
    let kernelBytes = 0;
    const closed = async () => {
      const bytes = kernelQueue(Number(new URL(instance.url).port));
      const count = await closedForSlowness();
      if (count === closedBefore) kernelBytes = bytes;
      return count;
    };
    await expect.poll(closed, { interval: 50 }).toBeGreaterThan(closedBefore);
    const deliveredBytes = running.deliveredBytes - before;
    const costBytes = deliveredBytes - kernelBytes;
    const beside = running.p99();
    const figures = [without, beside].map((ms) => `${Math.round(ms)} ms`).join(' without it, ');
    const kB = (bytes: number) => `${Math.round(bytes / 1_000)} kB`;
    process.stdout.write(
      `slow reader: closed with ${kB(costBytes)} in the server and ${kB(kernelBytes)} in the kernel; p99 ${figures} beside it\n`,
    );
    expect(costBytes).toBeLessThan(2_000_000);
    expect(beside).toBeLessThan(5 * without + 100);

    // The server has let go; the reader's end of a real network would learn of it before it has read all that lies there.
    proxy.cut();
    proxy.relent();
    await back;
    running.stop();
    await expect.poll(() => running.writer.unacked).toBe(0);
    const seqs: number[] = [];
    for (let more = true, since = head; more; since = seqs.at(-1) ?? since) {
      const page = await slow.command(seqs.length === 0 ? 'join' : 'sync', { channel: 'standup', since });
      seqs.push(...page.entries.map(({ seq }) => seq));
      more = page.more;
    }
    expect(seqs).toEqual(Array.from({ length: running.written - head }, (_, i) => head + 1 + i));
    slow.close();
  } finally {
    running.close();
    await proxy.close();
  }
});
