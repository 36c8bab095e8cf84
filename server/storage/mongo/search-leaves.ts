import type { Collection, FindCursor } from 'mongodb';
import { operationTimeoutMs } from './connection.ts';
import { firstSeq, type LeafDocument, placesOf } from './leaves.ts';

export type Candidate = { channel: string; seq: number; sentAt: number };
type LeafHits = Pick<LeafDocument, 'channel' | 'leaf' | 'at' | 'times' | 'hits'>;
/** What of one leaf may have been sought, and how new that is at best. */
export type Hits = { at: number; candidates: Candidate[] };

/** More channels than this in one query, and MongoDB would sort all that it finds instead of merging what is sorted. */
export const channelsAtOnce = 100;
/** Few, because the newest leaves mostly hold as much as was asked for. */
const leavesAtOnce = 20;

/** The leaves that have all of the terms, the newest first; their hits are those of the terms. */
export function leafQuery(
  leaves: Collection<LeafDocument>,
  channels: readonly string[],
  terms: readonly string[],
): FindCursor<LeafHits> {
  const hits = terms.map((term) => ({ $arrayElemAt: ['$hits', { $indexOfArray: ['$terms', { $literal: term }] }] }));
  return (
    leaves
      .find<LeafHits>({ channel: { $in: [...channels] }, terms: { $all: [...terms] } })
      .project<LeafHits>({ _id: 0, channel: 1, leaf: 1, at: 1, times: 1, hits })
      .sort({ at: -1 })
      // Of few leaves MongoDB thinks that sorting them were as good, and keeps that plan when they are many.
      .hint('terms')
      .batchSize(leavesAtOnce)
      .maxTimeMS(operationTimeoutMs)
  );
}

function hitsOf({ channel, leaf, at, times, hits }: LeafHits): Hits {
  const candidates = placesOf(hits).map((place) => ({
    channel,
    seq: firstSeq(leaf) + place,
    sentAt: times[place] ?? 0,
  }));
  return { at, candidates };
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
  const cursors = groupsOf(channels, channelsAtOnce).map((group) => leafQuery(leaves, group, terms));
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
