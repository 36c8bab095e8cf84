import type { Collection, Filter, FindCursor } from 'mongodb';
import { operationTimeoutMs } from './connection.ts';
import { type LeafDocument, leafOf, partOf, topLevel } from './leaves.ts';

export type LeafPart = Pick<LeafDocument, 'channel' | 'part' | 'leaf' | 'until' | 'times' | 'hits'>;

/** Of the top level. */
export const leavesAtOnce = 16;
const batchSize = 2_000;
/** The one between the small leaves and the top. */
const middle = 1;

/** What asks leaves where these fields are. In the order of the index, so that lower levels are read before higher ones. */
export function leafQueries(leaves: Collection<LeafDocument>, fields: readonly string[]) {
  const hits = Object.fromEntries(fields.map((field) => [`hits.${field}`, 1]));
  const projection = { _id: 0, channel: 1, part: 1, leaf: 1, until: 1, times: 1, ...hits };
  const options = { projection, hint: 'place', batchSize, maxTimeMS: operationTimeoutMs };
  const find = (filter: Filter<LeafDocument>): FindCursor<LeafPart> => leaves.find<LeafPart>(filter, options);
  const partsAt = (level: number) => fields.map((field) => partOf(level, field));
  const hasAny: Filter<LeafDocument> = { $or: fields.map((field) => ({ [`hits.${field}`]: { $exists: true } })) };
  return {
    /** All small leaves, whatever is in them: they say how far the index goes. */
    small: (channels: readonly string[]) => find({ channel: { $in: [...channels] }, part: 0 }),
    /** The merged ones below the top level. */
    middle: (channels: readonly string[]) =>
      find({ channel: { $in: [...channels] }, part: { $in: partsAt(middle) }, ...hasAny }),
    /** Those of the top level that hold what stands before these entries, so many of each channel. */
    top: (before: readonly { channel: string; from: number }[]) =>
      find({
        $or: before.map(({ channel, from }) => {
          const newest = leafOf(from - 1, topLevel);
          return { channel, part: { $in: partsAt(topLevel) }, leaf: { $lte: newest, $gt: newest - leavesAtOnce } };
        }),
      }),
  };
}
