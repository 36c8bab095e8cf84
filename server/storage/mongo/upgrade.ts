import type { Collection, Document } from 'mongodb';
import type { EntryDocument } from './entries.ts';

/** As many as are surely altered within the time that one operation has. */
const atOnce = 500;

/**
 * Leaves once were all small, and were found by an index of their terms, which each of them listed. Brings such leaves up to
 * date; nobody searches before that. May be cut off and done again, also by several at once.
 */
export async function upgradeLeaves(leaves: Collection): Promise<void> {
  const names = (await leaves.indexes()).map(({ name }) => name);
  if (!names.includes('until')) return;
  for (const name of ['terms', 'leaf']) if (names.includes(name)) await leaves.dropIndex(name).catch(ignoreGone);
  let ids: unknown[] = [];
  const upgrade = async () => {
    const change = { $set: { part: 0 }, $unset: { terms: '', at: '' } };
    const filter = { _id: { $in: ids }, part: { $exists: false } } as Document;
    await leaves.updateMany(filter, change, { bypassDocumentValidation: true });
    ids = [];
  };
  for await (const { _id } of leaves.find({}, { projection: { _id: 1 }, hint: '_id_' })) {
    if (ids.push(_id) === atOnce) await upgrade();
  }
  await upgrade();
  // Last, because it says that there is something to do.
  await leaves.dropIndex('until').catch(ignoreGone);
}

/**
 * Keys once had a unique index of their own, which also says what was stored before there were names (`idOf`). It stays where
 * it is.
 */
export const keyIndex = 'key';

export async function hasKeyIndex(log: Collection<EntryDocument>): Promise<boolean> {
  return (await log.indexes()).some(({ name }) => name === keyIndex);
}

const indexNotFound = 27;

function ignoreGone(error: unknown): void {
  if (typeof error === 'object' && error !== null && 'code' in error && error.code === indexNotFound) return;
  throw error;
}
