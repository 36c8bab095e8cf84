import type { MessageEntry } from '../../../protocol/entities.ts';
import type { Found, SearchQuery } from '../storage.ts';
import { hasTerms, termsSought } from '../terms.ts';
import type { Collections } from './collections.ts';
import { operationTimeoutMs } from './connection.ts';
import { type MessageFields, messageOf, readable } from './entries.ts';
import type { Indexer } from './indexer.ts';
import { type Candidate, channelsAtOnce, groupsOf, leafHits } from './search-leaves.ts';

const messagesAtOnce = 500;
/** Of a tail that is long, because indexing lags, this many more than were asked for are held before the oldest go. */
const tailKept = 1_000;
/** A search reads so many entries behind a channel's last leaf; for more a leaf is made. */
const tailBorne = 10;

type MessageRange = { channel: string; seq: { $gt: number } | { $in: number[] } };
type FoundMessage = MessageEntry & { channel: string };
/** A message that was read already, or one that the index speaks of. */
type Sought = Candidate & { message?: FoundMessage };

export function searchQueries({ log, leaves }: Pick<Collections, 'log' | 'leaves'>) {
  return {
    /** How far each channel's leaves go, from the index alone. */
    lastLeaves: (channels: readonly string[]) =>
      leaves.aggregate<{ _id: string; until: number }>(
        [
          { $match: { channel: { $in: [...channels] } } },
          { $sort: { channel: -1, leaf: -1, until: -1 } },
          { $group: { _id: '$channel', until: { $first: '$until' } } },
        ],
        { hint: 'until' },
      ),
    messages: (ranges: readonly MessageRange[]) =>
      log.find<MessageFields>(
        { $or: ranges.map((range) => ({ ...range, type: 'message' as const })) },
        { projection: readable, batchSize: messagesAtOnce, maxTimeMS: operationTimeoutMs },
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

  /** Hands on every message of these ranges, in no order; never holds more than a few. */
  async function each(ranges: readonly MessageRange[], take: (message: FoundMessage) => void): Promise<void> {
    const groups = groupsOf(ranges, channelsAtOnce);
    const read = async (group: MessageRange[]) => {
      for await (const fields of query.messages(group)) take({ ...messageOf(fields), channel: fields.channel });
    };
    await Promise.all(groups.map(read));
  }

  /** The seq up to which each channel's messages are in leaves. */
  async function indexedUpTo(channels: readonly string[]): Promise<(channel: string) => number> {
    const ends = new Map((await query.lastLeaves(channels).toArray()).map(({ _id, until }) => [_id, until]));
    return (channel) => ends.get(channel) ?? 0;
  }

  async function confirm(sought: readonly Sought[]): Promise<FoundMessage[]> {
    const seqs = new Map<string, number[]>();
    for (const { channel, seq, message } of sought) {
      if (!message) seqs.set(channel, [...(seqs.get(channel) ?? []), seq]);
    }
    const messages = sought.flatMap(({ message }) => message ?? []);
    const ranges = Array.from(seqs, ([channel, some]) => ({ channel, seq: { $in: some } }));
    await each(ranges, (message) => messages.push(message));
    return messages;
  }

  return async ({ channels, hidden = [], limit, ...wanted }) => {
    const terms = termsSought(wanted);
    if (!terms || channels.length === 0) return { messages: [], more: false };
    const fits = (message: FoundMessage) => hasTerms(message, terms) && !hidden.includes(message.sender.id);

    const indexed = await indexedUpTo(channels);
    const sought: Sought[] = [];
    const tails = channels.map((channel) => ({ channel, seq: { $gt: indexed(channel) } }));
    await each(tails, (message) => {
      if (message.seq > indexed(message.channel) + tailBorne) indexer.want(message.channel, true);
      if (!fits(message)) return;
      const { channel, seq, sentAt } = message;
      sought.push({ channel, seq, sentAt, message });
      if (sought.length > tailKept + limit) sought.sort(byTime).splice(limit + 1);
    });
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
