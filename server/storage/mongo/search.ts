import type { Collection, FindCursor } from 'mongodb';
import type { Found, SearchQuery } from '../storage.ts';
import { termsSought } from '../terms.ts';
import { type EntryDocument, type MessageFields, messageOf, readable } from './entries.ts';
import { mapOf } from './parallel.ts';

/** Of those who search all of their channels at once, none may take every connection of the pool. */
const channelsAtOnce = 6;

export function searchQuery(
  log: Collection<EntryDocument>,
  channel: string,
  terms: readonly string[],
  hidden: readonly string[],
  limit: number,
): FindCursor<MessageFields> {
  const filter = {
    channel,
    terms: { $all: [...terms] },
    ...(hidden.length > 0 && { 'sender.id': { $nin: [...hidden] } }),
  };
  return log
    .find<MessageFields>(filter, { projection: readable, batchSize: limit + 1 })
    .sort({ seq: -1 })
    .limit(limit);
}

/** Ids are decimal numbers: the longer is the later. */
function newestFirst(a: { id: string }, b: { id: string }): number {
  return b.id.length - a.id.length || (a.id < b.id ? 1 : -1);
}

export function searcher(log: Collection<EntryDocument>): (query: SearchQuery) => Promise<Found> {
  return async ({ channels, hidden = [], limit, ...query }) => {
    const terms = termsSought(query);
    if (!terms) return { messages: [], more: false };
    const found = await mapOf(channels, channelsAtOnce, async (channel) => {
      const fields = await searchQuery(log, channel, terms, hidden, limit + 1).toArray();
      return fields.map((each) => ({ ...messageOf(each), channel }));
    });
    const messages = found.flat().sort(newestFirst);
    return { messages: messages.slice(0, limit), more: messages.length > limit };
  };
}
