import { pathToFileURL } from 'node:url';
import type { NewEntry, Storage } from '../server/storage/storage.ts';

export type Filling = { channel: string; messages: number };

/** Messages in one write: as a server under load writes them. */
const batch = 2_000;
const senders = ['Alice', 'Bob', 'Chandra', 'Dolores', 'Emeka', 'Fumiko', 'Greta'];
const words = 'the plan for next week is in the notes and every question that came up today has its answer there'.split(
  ' ',
);
const minuteMs = 60_000;

/** Fills channels of a store that no server has open yet, through the server's own code: over sockets it would take hours. */
export async function fillChannels(databaseUrl: string, fillings: readonly Filling[]): Promise<void> {
  const storage = await openStore(databaseUrl);
  try {
    for (const { channel, messages } of fillings) {
      for (let seq = 1; seq <= messages; seq += batch) {
        const entries = Array.from({ length: Math.min(batch, messages - seq + 1) }, (_, i) =>
          entry(channel, seq + i, messages),
        );
        const outcomes = await storage.log.append(entries);
        if (outcomes.some(({ kind }) => kind !== 'stored')) throw new Error(`${channel} did not grow behind ${seq}`);
      }
    }
  } finally {
    await storage.close();
  }
}

/** Of every height: one word, several lines, links; of several people, a few in a row; the last one a minute ago. */
function entry(channel: string, seq: number, last: number): NewEntry {
  const name = senders[Math.floor(seq / 3) % senders.length] ?? 'Alice';
  const text = Array.from({ length: 1 + ((seq * 7) % 40) }, (_, i) => words[(seq + i) % words.length]).join(' ');
  return {
    channel,
    seq,
    type: 'message',
    id: `${channel}-${seq}`,
    key: `${channel}-${seq}`,
    sender: { id: name.toLowerCase(), name },
    text: seq % 10 === 0 ? `${text}\nhttps://example.com/notes/${seq}` : text,
    sentAt: Date.now() - (last - seq + 1) * minuteMs,
  };
}

async function openStore(databaseUrl: string): Promise<Storage> {
  const { openStorage } = await import(pathToFileURL('dist/server/storage/open-storage.js').href);
  return openStorage(databaseUrl);
}
