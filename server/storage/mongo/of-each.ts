import type { AggregationCursor, Db, Document } from 'mongodb';

/** A row of the answer: one that was found, and for the how manieth of those asked for. */
type Row<Found> = { asked: number; found: Found };

/** As many rows as fit into one reply come in it. */
const inOneReply = Object.freeze({ batchSize: 100_000 });

/** More would keep one connection to the database busy for long. */
export const askedAtOnce = 32;

/**
 * What `pipeline` finds in a collection for each of these; their fields are `$$name` in it. One question, for which the
 * database looks into an index as often as there are some: half of what as many questions cost it, and a fifth of what they
 * cost the driver. A row for each that is found, because together they may be longer than a document can be.
 */
export function ofEach<Found extends Document>(
  { db, collectionName }: { readonly db: Db; readonly collectionName: string },
  each: readonly Document[],
  pipeline: readonly Document[],
): AggregationCursor<Row<Found>> {
  const names = Object.keys(each[0] ?? {});
  const pipelineOfAll = [
    // Literally: an id is no name of a field, whatever it begins with.
    { $documents: { $literal: each.map((one, asked) => ({ ...one, asked })) } },
    {
      $lookup: {
        from: collectionName,
        let: Object.fromEntries(names.map((name) => [name, `$${name}`])),
        pipeline: [...pipeline],
        as: 'found',
      },
    },
    { $unwind: '$found' },
    { $project: { asked: 1, found: 1 } },
  ];
  return db.aggregate<Row<Found>>(pipelineOfAll, inOneReply);
}

/** For each of these its own rows, in the order of the pipeline. */
export async function listsOf<Asked, Found>(
  each: readonly Asked[],
  rows: AggregationCursor<Row<Found>>,
): Promise<Map<Asked, Found[]>> {
  const lists = each.map((): Found[] => []);
  for (const { asked, found } of await rows.toArray()) lists[asked]?.push(found);
  return new Map(each.map((one, n) => [one, lists[n] ?? []]));
}
