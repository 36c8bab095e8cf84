import type { Found, SearchQuery } from '../storage.ts';
import { termsSought } from '../terms.ts';
import type { Database } from './database.ts';
import { type BodyRow, messageOf } from './entries.ts';
import { tokenOf } from './tokens.ts';

export function searcher(database: Database): (query: SearchQuery) => Found {
  // Rows are numbered as they are written, so the greatest number is the newest message; the index reads them in that order.
  const find = database.all<BodyRow & { channel: string }>(
    `select entries.channel, entries.body from terms join entries on entries.row = terms.rowid
     where terms match ? and entries.author not in (select value from json_each(?))
     order by terms.rowid desc limit ?`,
  );

  return ({ channels, hidden = [], limit, ...query }) => {
    const terms = termsSought(query);
    if (!terms || channels.length === 0) return { messages: [], more: false };
    const allTerms = (channel: string) => terms.map((term) => `"${tokenOf(channel, term)}"`).join(' AND ');
    const anyChannel = channels.map((channel) => `(${allTerms(channel)})`).join(' OR ');
    const rows = find(anyChannel, JSON.stringify(hidden), limit + 1);
    return {
      messages: rows.slice(0, limit).map((row) => ({ ...messageOf(row), channel: row.channel })),
      more: rows.length > limit,
    };
  };
}
