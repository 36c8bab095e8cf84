import type { Found, SearchQuery } from '../storage.ts';
import { hasTerms, termsSought } from '../terms.ts';
import type { Collections } from './collections.ts';
import type { Indexer } from './indexer.ts';
import { fan, fieldOf, leafSize } from './leaves.ts';
import { type Candidate, type Extent, leafReader } from './search-leaves.ts';
import { type FoundMessage, messageReader } from './search-messages.ts';

/** Of a tail that is long, because indexing lags, this many more than were asked for are held before the oldest go. */
const tailKept = 1_000;
/** A search reads so many entries behind a channel's last leaf; for more a leaf is made. */
const tailBorne = 10;
/** So many entries are in the small leaves of a channel that is not behind with merging. */
const smallBorne = 2 * fan * leafSize;

type Wanted = {
  fields: readonly string[];
  count: number;
  fits: (message: FoundMessage) => boolean;
};

/** Ids are decimal numbers: the longer is the later. */
function byId(a: { id: string }, b: { id: string }): number {
  return b.id.length - a.id.length || (a.id < b.id ? 1 : -1);
}
function newestFirst(a: FoundMessage, b: FoundMessage): number {
  return b.sentAt - a.sentAt || b.seq - a.seq;
}

/** The time of the last of the newest so many; before all times where there are fewer. */
function edgeOf(times: readonly number[], count: number): number {
  return Float64Array.from(times).sort().at(-count) ?? -Infinity;
}

/** What stands before one of these messages in its channel was not sent after it. */
function noNewerThan(messages: readonly FoundMessage[], candidates: readonly Candidate[]): Candidate[] {
  const oldest = new Map<string, number>();
  for (const { channel, sentAt } of messages) oldest.set(channel, Math.min(sentAt, oldest.get(channel) ?? sentAt));
  return candidates.map((each) => ({ ...each, at: Math.min(each.at, oldest.get(each.channel) ?? each.at) }));
}

export function searcher(collections: Collections, indexer: Indexer): (query: SearchQuery) => Promise<Found> {
  const messages = messageReader(collections.log);

  /** The newest of what is in no leaf yet. Where that is much, it is indexed now. */
  async function tailOf(extents: Map<string, Extent>, { count, fits }: Wanted): Promise<FoundMessage[]> {
    const found: FoundMessage[] = [];
    const long = new Set<string>();
    const tails = Array.from(extents, ([channel, { until }]) => ({ channel, seq: { $gt: until } }));
    await messages.each(tails, (message) => {
      const { channel, seq } = message;
      if (seq > (extents.get(channel)?.until ?? 0) + tailBorne) long.add(channel);
      if (!fits(message)) return;
      found.push(message);
      if (found.length > tailKept + count) found.sort(newestFirst).splice(count);
    });
    // Once for a search: what is wanted while it is being made is made again.
    for (const channel of long) indexer.want(channel, true);
    return found;
  }

  async function newest(channels: readonly string[], wanted: Wanted): Promise<FoundMessage[]> {
    const { count, fits, fields } = wanted;
    const leaves = leafReader(collections.leaves, fields);
    const small = await leaves.small(channels);
    for (const [channel, { from, until }] of small.extents) if (until - from > smallBorne) indexer.want(channel);
    const found: FoundMessage[] = [];
    let [open, unread] = [small.candidates, small.next];
    const edge = () => edgeOf([...found.map(({ sentAt }) => sentAt), ...open.map(({ at }) => at)], count);

    /** Until no leaf that was not read can hold what is as new as the last of those that are wanted. */
    const readLeaves = async () => {
      for (;;) {
        const needed = edge();
        const due = unread.filter(({ at }) => at >= needed);
        if (due.length === 0) return;
        const older = await leaves.older(due);
        open = [...open, ...older.candidates];
        unread = [...unread.filter(({ at }) => at < needed), ...older.next];
      }
    };

    const [tail] = await Promise.all([tailOf(small.extents, wanted), readLeaves()]);
    found.push(...tail);
    for (;;) {
      await readLeaves();
      const needed = edge();
      const next = open.filter(({ at }) => at >= needed);
      if (next.length === 0) return found;
      const confirmed = await messages.at(next);
      found.push(...confirmed.filter(fits));
      open = noNewerThan(
        confirmed,
        open.filter(({ at }) => at < needed),
      );
    }
  }

  return async ({ channels, hidden = [], limit, ...query }) => {
    const terms = termsSought(query);
    if (!terms || channels.length === 0) return { messages: [], more: false };
    const found = await newest(channels, {
      fields: terms.map(fieldOf),
      count: limit + 1,
      fits: (message) => hasTerms(message, terms) && !hidden.includes(message.sender.id),
    });
    found.sort(byId);
    return { messages: found.slice(0, limit), more: found.length > limit };
  };
}
