import { type Collection, MongoClient } from 'mongodb';

export type Line = { channel: string; seq: number; key: string; text: string };

/** A collection with the two unique indexes that order and idempotency need, written journaled to a majority. */
export async function openLog(): Promise<Collection<Line>> {
  const client = await MongoClient.connect(process.env.DATABASE_URL ?? '', {
    writeConcern: { w: 'majority', journal: true },
  });
  const log = client.db(`reference-${process.pid}`).collection<Line>('log');
  await log.createIndex({ channel: 1, seq: 1 }, { unique: true });
  await log.createIndex({ channel: 1, key: 1 }, { unique: true });
  return log;
}

const heads = new Map<string, number>();

/** In memory: what stands here is an echo server with a store, and not one that restarts. */
export function nextSeq(channel: string): number {
  const seq = (heads.get(channel) ?? 0) + 1;
  heads.set(channel, seq);
  return seq;
}
