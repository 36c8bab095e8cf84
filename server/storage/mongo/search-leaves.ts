import type { Collection, FindCursor } from 'mongodb';
import { type LeafPart, leafQueries, leavesAtOnce } from './leaf-queries.ts';
import { firstSeq, type LeafDocument, leafOf, levelOf, partOf, sizeOf, timeAt, timesOf, topLevel } from './leaves.ts';
import { commonPlaces } from './places.ts';

/** An entry that had all of the terms when its leaf was read; `at` is not before the time it was sent. */
export type Candidate = { channel: string; seq: number; at: number };

/** Where the reading of a channel's leaves, the newest first, goes on. */
export type Reading = {
  channel: string;
  isTop: boolean;
  /** What was not read yet stands before this entry … */
  from: number;
  /** … and was sent no later. */
  at: number;
};
/** What small leaves a channel has: the seqs of their first entry and of their last. */
export type Extent = { from: number; until: number };
export type Read = { candidates: Candidate[]; next: Reading[] };

/** What is asked of so many channels is asked at once, so that some is read while the rest is being looked for. */
const channelsAtOnce = 30;

async function inGroups<Item>(
  items: readonly Item[],
  find: (some: readonly Item[]) => FindCursor<LeafPart>,
): Promise<LeafPart[]> {
  const groups = Array.from({ length: Math.ceil(items.length / channelsAtOnce) }, (_, n) =>
    items.slice(n * channelsAtOnce, (n + 1) * channelsAtOnce),
  );
  return (await Promise.all(groups.map((group) => find(group).toArray()))).flat();
}

function candidatesIn(leaf: readonly LeafPart[], fields: readonly string[]): Candidate[] {
  const [one] = leaf;
  if (one === undefined) return [];
  const { channel } = one;
  const level = levelOf(one.part);
  const hits = fields.map((field) => leaf.find(({ part }) => part === partOf(level, field))?.hits[field]);
  const places = commonPlaces(hits);
  if (places.length === 0) return [];
  const [first, times] = [firstSeq(one.leaf, level), timesOf(one)];
  return places.map((place) => ({ channel, seq: first + place, at: times[timeAt(level, place)] ?? 0 }));
}

export function leafReader(leaves: Collection<LeafDocument>, fields: readonly string[]) {
  const query = leafQueries(leaves, fields);
  const taken = new Set<string>();

  /** A leaf that moves up while its parts are read may be found twice, or in part: then it is whole where it is now. */
  function candidatesOf(leafParts: readonly LeafPart[], readings: readonly Reading[]): Candidate[] {
    const from = new Map(readings.map((reading) => [reading.channel, reading.from]));
    const leaves = new Map<string, LeafPart[]>();
    for (const part of leafParts) {
      const name = `${part.channel} ${levelOf(part.part)} ${part.leaf}`;
      const parts = leaves.get(name);
      if (parts) parts.push(part);
      else leaves.set(name, [part]);
    }
    const candidates = [...leaves.values()].flatMap((parts) => candidatesIn(parts, fields));
    return candidates.filter(({ channel, seq }) => {
      const name = `${channel} ${seq}`;
      const isNew = seq < (from.get(channel) ?? 0) && !taken.has(name);
      taken.add(name);
      return isNew;
    });
  }

  function olderThan(candidates: readonly Candidate[], readings: readonly Reading[]): Reading[] {
    const oldest = new Map(readings.map(({ channel, at }) => [channel, at]));
    for (const { channel, at } of candidates) oldest.set(channel, Math.min(at, oldest.get(channel) ?? at));
    return readings.map((reading) => ({ ...reading, at: oldest.get(reading.channel) ?? reading.at }));
  }

  async function middle(readings: readonly Reading[]): Promise<Read> {
    if (readings.length === 0) return { candidates: [], next: [] };
    const parts = await inGroups(readings, (some) => query.middle(some.map(({ channel }) => channel)));
    const candidates = candidatesOf(parts, readings);
    // A little more than have any, because some may have been merged since the small leaves were read.
    const isLong = ({ from }: Reading) => leafOf(from + sizeOf(topLevel - 1), topLevel) > 0;
    const long = readings.filter(isLong).map((each) => ({ ...each, isTop: true }));
    return { candidates, next: olderThan(candidates, long) };
  }

  async function top(readings: readonly Reading[]): Promise<Read> {
    if (readings.length === 0) return { candidates: [], next: [] };
    const candidates = candidatesOf(await inGroups(readings, query.top), readings);
    const next = readings
      .map((each) => ({ ...each, from: firstSeq(leafOf(each.from - 1, topLevel) - leavesAtOnce + 1, topLevel) }))
      .filter(({ from }) => from > 1);
    return { candidates, next: olderThan(candidates, next) };
  }

  return {
    /** The small leaves of these channels. */
    async small(channels: readonly string[]): Promise<Read & { extents: Map<string, Extent> }> {
      const extents = new Map(channels.map((channel): [string, Extent] => [channel, { from: 1, until: 0 }]));
      const oldest = new Map<string, LeafPart>();
      const candidates: Candidate[] = [];
      for (const leaf of await inGroups(channels, query.small)) {
        candidates.push(...candidatesIn([leaf], fields));
        const { channel, until } = leaf;
        extents.set(channel, { from: firstSeq(leaf.leaf), until: extents.get(channel)?.until || until });
        oldest.set(channel, leaf);
      }
      const next = Array.from(oldest, ([channel, leaf]): Reading => {
        const at = timesOf(leaf).find((time) => time > 0) ?? Number.MAX_SAFE_INTEGER;
        return { channel, isTop: false, from: firstSeq(leaf.leaf), at };
      });
      return { candidates, extents, next: next.filter(({ from }) => from > 1) };
    },

    /** The next older leaves of these channels. */
    async older(readings: readonly Reading[]): Promise<Read> {
      const [one, other] = await Promise.all([
        middle(readings.filter(({ isTop }) => !isTop)),
        top(readings.filter(({ isTop }) => isTop)),
      ]);
      return { candidates: [...one.candidates, ...other.candidates], next: [...one.next, ...other.next] };
    },
  };
}
