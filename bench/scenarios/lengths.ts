import { pathToFileURL } from 'node:url';
import type { NewEntry, Storage } from '../../server/storage/storage.ts';
import { Client, medianMs } from '../client.ts';
import { start } from '../services.ts';

export type AtLength = { length: number; sendMs: number; joinMs: number; pageMs: number };
export type Lengths = { points: AtLength[]; resumed: number; resumeMs: number };

const channel = 'long';
const batch = 2_000;
const resumed = 10_000;

/** One channel that grows: what sending, joining and a page from its middle cost; and to catch up on 10,000 entries. */
export async function lengths({
  points,
  say,
}: {
  points: readonly number[];
  say: (line: string) => void;
}): Promise<Lengths> {
  const target = await start('chat');
  const [url = ''] = target.urls;
  const store = await openStore(target.database);
  const measured: AtLength[] = [];
  try {
    let length = 0;
    for (const point of points) {
      while (length < point) length += await grow(store, length, Math.min(batch, point - length));
      const at = { length, ...(await measure(url, length)) };
      // What was sent while measuring stands in the log, too.
      length += sends;
      measured.push(at);
      say(`length ${point}: send ${at.sendMs} ms, join ${at.joinMs} ms, page ${at.pageMs} ms`);
    }
    const resumeMs = await medianMs(3, () => resume(url, length));
    say(`resume of ${resumed} entries: ${resumeMs} ms`);
    return { points: measured, resumed, resumeMs };
  } finally {
    await store.close();
    await target.stop();
  }
}

const tries = 21;
const sends = tries + 1;

async function measure(url: string, length: number): Promise<Omit<AtLength, 'length'>> {
  const client = new Client(url, 'alice', [channel]);
  try {
    await client.command('join', { channel, limit: 50 });
    const sendMs = await medianMs(tries, (i) =>
      client.command('send', { channel, key: `at-${length}-${i}`, text: `number ${i} at ${length}` }),
    );
    const joinMs = await medianMs(tries, () => client.command('join', { channel, limit: 50 }));
    const pageMs = await medianMs(tries, (i) =>
      client.command('history', { channel, before: Math.ceil(length / 2) + i, limit: 50 }),
    );
    return { sendMs, joinMs, pageMs };
  } finally {
    client.close();
  }
}

/** As a client that was away: joins with the last entry it has, and asks until nothing is missing. */
async function resume(url: string, head: number): Promise<void> {
  const client = new Client(url, 'alice', [channel]);
  try {
    let page: { entries: { seq: number }[]; more: boolean } = await client.command('join', {
      channel,
      since: Math.max(0, head - resumed),
    });
    while (page.more) page = await client.command('sync', { channel, since: page.entries.at(-1)?.seq ?? 0 });
  } finally {
    client.close();
  }
}

/** Through the server's own store, so that what it stores is what it would have stored; its sockets would take hours. */
async function openStore(database: string): Promise<Storage> {
  const { openStorage } = await import(pathToFileURL('dist/server/storage/open-storage.js').href);
  return openStorage(database);
}

async function grow({ log }: Storage, length: number, entries: number): Promise<number> {
  const outcomes = await log.append(
    Array.from({ length: entries }, (_, i): NewEntry => {
      const seq = length + i + 1;
      const sender = { id: 'bob', name: 'Bob' };
      return {
        channel,
        seq,
        type: 'message',
        id: String(seq),
        key: `grown-${seq}`,
        sender,
        text: `message ${seq}`,
        sentAt: seq,
      };
    }),
  );
  if (outcomes.some(({ kind }) => kind !== 'stored')) throw new Error(`the log did not grow behind ${length}`);
  return entries;
}
