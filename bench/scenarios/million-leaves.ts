import { pathToFileURL } from 'node:url';
import { MongoBulkWriteError, MongoClient } from 'mongodb';
import type { NewMessage } from '../../server/storage/storage.ts';

const duplicateKey = 11_000;

/** Writes MongoDB's search index as fast as it can. An instance writes the same behind its commits, and rests in between. */
export async function openLeaves(url: string): Promise<{
  add(messages: readonly NewMessage[]): Promise<void>;
  close(): Promise<void>;
}> {
  const { leafDocument, leafOf, fillsLeaf } = await import(pathToFileURL('dist/server/storage/mongo/leaves.js').href);
  const client = new MongoClient(url);
  const leaves = client.db().collection('leaves');
  const waiting = new Map<string, NewMessage[]>();

  const grown = (message: NewMessage): object | undefined => {
    const { channel, seq } = message;
    const some = waiting.get(channel) ?? [];
    some.push(message);
    waiting.set(channel, fillsLeaf(seq) ? [] : some);
    return fillsLeaf(seq) ? leafDocument(channel, leafOf(seq), some, seq) : undefined;
  };
  return {
    async add(messages) {
      const full = messages.map(grown).filter((leaf) => leaf !== undefined);
      if (full.length > 0) await leaves.insertMany(full, { ordered: false }).catch(ignoreThoseThere);
    },
    close: () => client.close(),
  };
}

/** Made by the store, which was faster. */
function ignoreThoseThere(error: unknown): void {
  if (!(error instanceof MongoBulkWriteError) || error.code !== duplicateKey) throw error;
}
