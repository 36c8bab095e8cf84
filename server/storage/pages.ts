import type { MessageEntry } from '../../protocol/entities.ts';
import type { Page, PageAt } from './storage.ts';

/** The two range reads that a store needs for every kind of page. */
export interface MessageRange {
  /** The last `limit` messages with a smaller seq, descending. */
  below(channel: string, seq: number, limit: number): Promise<MessageEntry[]>;
  /** The first `limit` messages with this seq or a greater one, ascending. */
  from(channel: string, seq: number, limit: number): Promise<MessageEntry[]>;
}

export async function readPage(range: MessageRange, channel: string, at: PageAt, limit: number): Promise<Page> {
  // One message more than the page holds says whether there are others beyond it.
  if ('before' in at) {
    const [older, newer] = await Promise.all([
      range.below(channel, at.before, limit + 1),
      range.from(channel, at.before, 1),
    ]);
    return cut(older, newer, limit, 0);
  }
  if ('after' in at) {
    const [older, newer] = await Promise.all([
      range.below(channel, at.after + 1, 1),
      range.from(channel, at.after + 1, limit + 1),
    ]);
    return cut(older, newer, 0, limit);
  }
  const [older, newer] = await Promise.all([
    range.below(channel, at.around, limit + 1),
    range.from(channel, at.around, limit + 1),
  ]);
  // Half of it before; a side that has too few leaves its room to the other.
  const before = Math.min(older.length, Math.max(Math.floor(limit / 2), limit - newer.length));
  return cut(older, newer, before, limit - before);
}

function cut(older: MessageEntry[], newer: MessageEntry[], before: number, after: number): Page {
  return {
    messages: [...older.slice(0, before).reverse(), ...newer.slice(0, after)],
    hasBefore: older.length > before,
    hasAfter: newer.length > after,
  };
}
