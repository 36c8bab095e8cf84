import type { ClientSession } from 'mongodb';
import type { Connection } from './connection.ts';
import {
  allParts,
  fan,
  firstSeq,
  type LeafDocument,
  leafOf,
  levelOf,
  type NewLeaf,
  packedTimes,
  partOf,
  partsOf,
  timeAt,
  timesOf,
  topLevel,
  written,
} from './leaves.ts';
import { hitOf, placesOf } from './places.ts';

/** The parts of a leaf into which a part of leaves of the level below goes. */
function partsInto(level: number, part: number): number[] {
  const [from, to] = [partsOf(level - 1), partsOf(level)];
  const count = to.count / from.count;
  return Array.from({ length: count }, (_, n) => to.first + (part - from.first) * count + n);
}

/** What becomes of one part of these leaves, oldest first, in a leaf of the next level, some of which may be there already. */
export function mergedParts(sources: readonly LeafDocument[], there: readonly LeafDocument[] = []): NewLeaf[] {
  const [one] = sources;
  if (one === undefined) return [];
  const level = levelOf(one.part) + 1;
  const leaf = leafOf(firstSeq(one.leaf, level - 1), level);
  const first = firstSeq(leaf, level);
  const common = {
    channel: one.channel,
    leaf,
    until: Math.max(...sources.map(({ until }) => until)),
    times: packedTimes(fan, mergedTimes(level, first, sources, there[0])),
  };
  const before = new Map(there.map(({ part, hits }) => [part, hits]));
  // What stays as it is is not taken apart: that is most of it.
  const hits = new Map(
    partsInto(level, one.part).map((part) => [part, new Map(Object.entries(before.get(part) ?? {}))]),
  );
  for (const [field, places] of placesByField(sources, first)) {
    const own = hits.get(partOf(level, field));
    own?.set(field, hitOf(level, [...placesOf(own.get(field)), ...places]));
  }
  return Array.from(hits, ([part, some]) => ({ ...common, part, hits: some }));
}

function mergedTimes(level: number, first: number, sources: readonly LeafDocument[], there?: LeafDocument) {
  const times = new Map(there ? timesOf(there).entries() : []);
  for (const source of sources) {
    const at = timeAt(level, firstSeq(source.leaf, level - 1) - first);
    times.set(at, Math.max(times.get(at) ?? 0, ...timesOf(source)));
  }
  return times;
}

function placesByField(sources: readonly LeafDocument[], first: number): Map<string, number[]> {
  const all = new Map<string, number[]>();
  for (const { part, leaf, hits } of sources) {
    const offset = firstSeq(leaf, levelOf(part)) - first;
    for (const [field, hit] of Object.entries(hits)) {
      const places = all.get(field) ?? [];
      if (places.length === 0) all.set(field, places);
      for (const place of placesOf(hit)) places.push(offset + place);
    }
  }
  return all;
}

type Group = { channel: string; level: number; group: number };

/** Of each channel the oldest group that is due: only once a later one has begun, since the newest leaf stays. */
function dueOf(there: readonly Pick<LeafDocument, 'channel' | 'part' | 'leaf'>[]): Group[] {
  const newest = new Map<string, number>();
  const oldest = new Map<string, number[]>();
  for (const { channel, part, leaf } of there) {
    const level = levelOf(part);
    if (level === 0) newest.set(channel, Math.max(leaf, newest.get(channel) ?? 0));
    const levels = oldest.get(channel) ?? [];
    levels[level] = Math.min(leaf, levels[level] ?? leaf);
    oldest.set(channel, levels);
  }
  return Array.from(oldest, ([channel, levels]) => {
    const end = firstSeq(newest.get(channel) ?? 0);
    // Skips the levels of which there is none.
    const groups = levels.flatMap((leaf, level) => ({ channel, level, group: Math.floor(leaf / fan) }));
    return groups.find(({ level, group }) => group < Math.floor(leafOf(end, level) / fan)) ?? [];
  }).flat();
}

/** Merges a group of each of these channels' leaves, the oldest that is due; answers in which channels there was one. */
export function merger({ collections: { leaves }, transact }: Connection) {
  const firstParts = Array.from({ length: topLevel }, (_, level) => partsOf(level).first);

  async function mergeGroup({ channel, level, group }: Group, session: ClientSession): Promise<void> {
    const leaf = { $gte: group * fan, $lt: (group + 1) * fan };
    const into = leafOf(firstSeq(group * fan, level), level + 1);
    // Part by part, so that nothing else waits long for the event loop.
    for (const part of allParts(level)) {
      const parts = { channel, part: { $in: partsInto(level + 1, part) }, leaf: into };
      const there = await leaves.find(parts, { session }).toArray();
      const sources = await leaves.find({ channel, part, leaf }, { session, sort: { leaf: 1 } }).toArray();
      const writes = mergedParts(sources, there).map((merged) => ({
        replaceOne: {
          filter: { channel, part: merged.part, leaf: into },
          replacement: written(merged),
          upsert: true,
        },
      }));
      if (writes.length > 0) await leaves.bulkWrite(writes, { session, ordered: false });
    }
    // Whoever altered one of them since it was read, or merged them too, makes this fail, and it is done anew.
    await leaves.deleteMany({ channel, part: { $in: allParts(level) }, leaf }, { session });
  }

  return async (channels: readonly string[]): Promise<string[]> => {
    const places = { channel: { $in: channels }, part: { $in: firstParts } };
    // From the index alone.
    const there = leaves.find(places, { projection: { _id: 0, channel: 1, part: 1, leaf: 1 }, hint: 'place' });
    const due = dueOf(await there.toArray());
    for (const group of due) await transact((session) => mergeGroup(group, session));
    return due.map(({ channel }) => channel);
  };
}
