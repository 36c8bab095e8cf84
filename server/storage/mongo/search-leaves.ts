import type { Collection, FindCursor } from 'mongodb';
import { operationTimeoutMs } from './connection.ts';
import { fieldOf, firstSeq, type LeafDocument, placesOf, timeOf } from './leaves.ts';

export type Candidate = { channel: string; seq: number; sentAt: number };
type LeafHits = Pick<LeafDocument, 'channel' | 'leaf' | 'at' | 'times' | 'hits'>;
/** What of one leaf may have been sought, and how new that is at best. */
export type Hits = { at: number; candidates: Candidate[] };

/** More channels than this in one query, and MongoDB would sort all that it finds instead of merging what is sorted. */
export const channelsAtOnce = 100;
/** Few, because the newest leaves mostly hold as much as was asked for. */
const leavesAtOnce = 20;
/** Of several terms, a leaf that has them all mostly has them in several messages. */
const leavesOfSeveral = 200;
/** Which of several terms is in the fewest leaves is asked up to here: to count costs, too. */
const counted = 2_000;

/** The leaves that have all of the terms, the newest first, found by the first of them; their hits are those of the terms. */
export function leafQuery(
  leaves: Collection<LeafDocument>,
  channels: readonly string[],
  terms: readonly string[],
): FindCursor<LeafHits> {
  const [first = '', ...others] = terms;
  const has = Object.fromEntries(others.map((term) => [`hits.${fieldOf(term)}`, { $exists: true }]));
  const hits = Object.fromEntries(terms.map((term) => [`hits.${fieldOf(term)}`, 1]));
  return (
    leaves
      .find<LeafHits>({ channel: { $in: [...channels] }, terms: first, ...has })
      .project<LeafHits>({ _id: 0, channel: 1, leaf: 1, at: 1, times: 1, ...hits })
      .sort({ at: -1 })
      // Of few leaves MongoDB thinks that sorting them were as good, and keeps that plan when they are many.
      .hint('terms')
      .batchSize(others.length === 0 ? leavesAtOnce : leavesOfSeveral)
      .maxTimeMS(operationTimeoutMs)
  );
}

function hitsOf(leaf: LeafHits): Hits {
  const candidates = placesOf(Object.values(leaf.hits)).map((place) => ({
    channel: leaf.channel,
    seq: firstSeq(leaf.leaf) + place,
    sentAt: timeOf(leaf, place),
  }));
  return { at: leaf.at, candidates };
}

/** The terms, that which the fewest leaves have first: only its leaves are read. */
async function rarestFirst(
  leaves: Collection<LeafDocument>,
  channels: readonly string[],
  terms: readonly string[],
): Promise<readonly string[]> {
  if (terms.length < 2) return terms;
  const options = { limit: counted, hint: 'terms', maxTimeMS: operationTimeoutMs };
  const counts = await Promise.all(
    terms.map(async (term) => ({
      term,
      leaves: await leaves.countDocuments({ channel: { $in: [...channels] }, terms: term }, options),
    })),
  );
  return counts.sort((a, b) => a.leaves - b.leaves).map(({ term }) => term);
}

export function groupsOf<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}

/** The hits of all leaves of these channels, newest leaf first, read as far as they are asked for. */
export async function* leafHits(
  leaves: Collection<LeafDocument>,
  channels: readonly string[],
  terms: readonly string[],
): AsyncGenerator<Hits, undefined> {
  const ordered = await rarestFirst(leaves, channels, terms);
  const cursors = groupsOf(channels, channelsAtOnce).map((group) => leafQuery(leaves, group, ordered));
  try {
    const heads = await Promise.all(cursors.map((cursor) => cursor.next()));
    for (;;) {
      const at = Math.max(...heads.map((head) => head?.at ?? -1));
      const newest = heads.findIndex((head) => head?.at === at);
      const head = heads[newest];
      if (!head) return undefined;
      yield hitsOf(head);
      heads[newest] = (await cursors[newest]?.next()) ?? null;
    }
  } finally {
    await Promise.all(cursors.map((cursor) => cursor.close()));
  }
}
