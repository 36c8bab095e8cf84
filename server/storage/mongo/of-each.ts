import type { AggregationCursor, Db, Document } from 'mongodb';
import { askedAtOnce, batched } from './batched.ts';

/** A row of the answer: one that was found, and for the how manieth of those asked for. */
type Row<Found> = { asked: number; found: Found };

/** As many rows as fit into one reply come in it. */
const inOneReply = Object.freeze({ batchSize: 100_000 });

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

/** How to get the first so many for each: one question, told the most that any wants, for all who ask in the same turn. */
export function listsOfEach<Asked extends { limit: number }, Found, Value>(
  ask: (each: readonly Asked[], limit: number) => AggregationCursor<Row<Found>>,
  read: (found: Found) => Value,
): (asked: Asked) => Promise<Value[]> {
  return batched(async (each: readonly Asked[]) => {
    const lists = new Map(each.map((asked): [Asked, Found[]] => [asked, []]));
    const longest = Math.max(...each.map(({ limit }) => limit));
    for (const { asked, found } of await ask(each, longest).toArray()) {
      const one = each[asked];
      if (one !== undefined) lists.get(one)?.push(found);
    }
    return (asked) => lists.get(asked)?.slice(0, asked.limit).map(read) ?? [];
  }, askedAtOnce);
}
