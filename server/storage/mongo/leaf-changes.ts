import type { ClientSession, Collection, Filter, WithId } from 'mongodb';
import { type Searchable, termsOf } from '../terms.ts';
import { allParts, fieldOf, firstSeq, type LeafDocument, leafOf, levelOf, partOf, topLevel } from './leaves.ts';
import { hitOf, placesOf } from './places.ts';

const levels = Array.from({ length: topLevel + 1 }, (_, level) => level);

/** A message that says something else now. */
export type Altered = { seq: number; before: Searchable; after: Searchable };

function fieldsOf(message: Searchable): Set<string> {
  return new Set(termsOf(message).map(fieldOf));
}

/** Takes out of leaves what messages no longer say, and puts in what they say now. Both within the transaction of who altered them. */
export function leafChanges(leaves: Collection<LeafDocument>) {
  async function update(
    { _id, part, hits }: WithId<LeafDocument>,
    fields: readonly string[],
    left: (places: number[], field: string) => number[],
    session: ClientSession,
  ): Promise<void> {
    const [set, unset]: [{ [path: string]: unknown }, { [path: string]: '' }] = [{}, {}];
    for (const field of fields) {
      const places = left(placesOf(hits[field]), field);
      if (places.length === 0) unset[`hits.${field}`] = '';
      else set[`hits.${field}`] = hitOf(levelOf(part), places);
    }
    await leaves.updateOne({ _id }, { $set: set, $unset: unset }, { session });
  }

  return {
    async alter(channel: string, { seq, before, after }: Altered, session: ClientSession): Promise<void> {
      const [old, now] = [fieldsOf(before), fieldsOf(after)];
      const changed = [...new Set([...old, ...now])].filter((field) => old.has(field) !== now.has(field));
      const inLevel = (level: number): Filter<LeafDocument> => {
        return { part: { $in: changed.map((field) => partOf(level, field)) }, leaf: leafOf(seq, level) };
      };
      const filter = { channel, until: { $gte: seq }, $or: levels.map(inLevel) };
      for (const leaf of await leaves.find(filter, { session, hint: 'place' }).toArray()) {
        const level = levelOf(leaf.part);
        const place = seq - firstSeq(leaf.leaf, level);
        const left = (places: number[], field: string) => {
          const others = places.filter((each) => each !== place);
          return now.has(field) ? [...others, place].sort((a, b) => a - b) : others;
        };
        const own = changed.filter((field) => partOf(level, field) === leaf.part);
        await update(leaf, own, left, session);
      }
    },

    /** All that stands before this entry. */
    async forget(channel: string, first: number, session: ClientSession): Promise<void> {
      const before = levels.map((level) => ({ part: { $in: allParts(level) }, leaf: { $lt: leafOf(first, level) } }));
      const around = levels.map((level) => ({ part: { $in: allParts(level) }, leaf: leafOf(first, level) }));
      await leaves.deleteMany({ channel, $or: before }, { session });
      for (const leaf of await leaves.find({ channel, $or: around }, { session, hint: 'place' }).toArray()) {
        const firstPlace = first - firstSeq(leaf.leaf, levelOf(leaf.part));
        const left = (places: number[]) => places.filter((place) => place >= firstPlace);
        await update(leaf, Object.keys(leaf.hits), left, session);
      }
    },
  };
}
