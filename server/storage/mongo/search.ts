import type { MessageEntry } from '../../../protocol/entities.ts';
import type { Found, SearchQuery } from '../storage.ts';
import { hasTerms, termsSought } from '../terms.ts';
import type { Collections } from './collections.ts';
import { type MessageFields, messageOf, readable } from './entries.ts';
import type { Indexer } from './indexer.ts';
import { lastSeq, leafSize } from './leaves.ts';
import { type Candidate, channelsAtOnce, groupsOf, leafHits } from './search-leaves.ts';

type MessageRange = { channel: string; seq: { $gt: number } | { $in: number[] } };
type FoundMessage = MessageEntry & { channel: string };
/** A message that was read already, or one that the index speaks of. */
type Sought = Candidate & { message?: FoundMessage };

export function searchQueries({ log, leaves }: Pick<Collections, 'log' | 'leaves'>) {
  return {
    /** The last leaf of each channel, from the index alone. */
    lastLeaves: (channels: readonly string[]) =>
      leaves.aggregate<{ _id: string; leaf: number }>([
        { $match: { channel: { $in: [...channels] } } },
        { $sort: { channel: -1, leaf: -1 } },
        { $group: { _id: '$channel', leaf: { $first: '$leaf' } } },
      ]),
    messages: (ranges: readonly MessageRange[]) =>
      log.find<MessageFields>(
        { $or: ranges.map((range) => ({ ...range, type: 'message' as const })) },
        { projection: readable, batchSize: 10_000 },
      ),
  };
}

/** Ids are decimal numbers: the longer is the later. */
function byId(a: { id: string }, b: { id: string }): number {
  return b.id.length - a.id.length || (a.id < b.id ? 1 : -1);
}
function byTime(a: Candidate, b: Candidate): number {
  return b.sentAt - a.sentAt || b.seq - a.seq;
}

/** How many of these are at least as new. */
function newerThan(at: number, sought: readonly Sought[]): number {
  return sought.filter(({ sentAt }) => sentAt >= at).length;
}

export function searcher(collections: Collections, indexer: Indexer): (query: SearchQuery) => Promise<Found> {
  const query = searchQueries(collections);

  async function read(ranges: readonly MessageRange[]): Promise<FoundMessage[]> {
    const groups = groupsOf(ranges, channelsAtOnce);
    const found = await Promise.all(groups.map((group) => query.messages(group).toArray()));
    return found.flat().map((fields) => ({ ...messageOf(fields), channel: fields.channel }));
  }

  /** The seq up to which each channel's messages are in leaves. */
  async function indexedUpTo(channels: readonly string[]): Promise<(channel: string) => number> {
    const leaves = new Map((await query.lastLeaves(channels).toArray()).map(({ _id, leaf }) => [_id, lastSeq(leaf)]));
    return (channel) => leaves.get(channel) ?? 0;
  }

  async function confirm(sought: readonly Sought[]): Promise<FoundMessage[]> {
    const seqs = new Map<string, number[]>();
    for (const { channel, seq, message } of sought) {
      if (!message) seqs.set(channel, [...(seqs.get(channel) ?? []), seq]);
    }
    const messages = await read(Array.from(seqs, ([channel, each]) => ({ channel, seq: { $in: each } })));
    return [...sought.flatMap(({ message }) => message ?? []), ...messages];
  }

  return async ({ channels, hidden = [], limit, ...wanted }) => {
    const terms = termsSought(wanted);
    if (!terms || channels.length === 0) return { messages: [], more: false };
    const fits = (message: FoundMessage) => hasTerms(message, terms) && !hidden.includes(message.sender.id);

    const indexed = await indexedUpTo(channels);
    const tail = await read(channels.map((channel) => ({ channel, seq: { $gt: indexed(channel) } })));
    for (const { channel, seq } of tail) if (seq > indexed(channel) + leafSize) indexer.want(channel);
    const sought: Sought[] = tail.filter(fits).map((message) => ({ ...message, message }));
    const found: FoundMessage[] = [];
    const leaves = leafHits(collections.leaves, channels, terms);
    try {
      let next = await leaves.next();
      while (found.length <= limit) {
        const missing = limit + 1 - found.length;
        // A leaf is opened only when it may hold something newer than what would be enough.
        while (!next.done && newerThan(next.value.at, sought) < missing) {
          // A leaf made since the tail was read holds what was read there.
          sought.push(...next.value.candidates.filter(({ channel, seq }) => seq <= indexed(channel)));
          next = await leaves.next();
        }
        if (sought.length === 0) break;
        found.push(...(await confirm(sought.sort(byTime).splice(0, missing))).filter(fits));
      }
    } finally {
      await leaves.return(undefined);
    }
    found.sort(byId);
    return { messages: found.slice(0, limit), more: found.length > limit };
  };
}
