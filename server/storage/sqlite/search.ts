import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Found, SearchQuery } from '../storage.ts';
import { termsSought } from '../terms.ts';
import type { Database } from './database.ts';
import { type BodyRow, messageOf } from './entries.ts';
import { tokenOf } from './tokens.ts';

type FoundRow = BodyRow & { row: number; channel: string };

/** A token for each word and channel: of whoever is in a thousand channels and asks for many words, only so many in one turn. */
const tokensAtOnce = 2_000;

export function searcher(database: Database): (query: SearchQuery) => Promise<Found> {
  // Rows are numbered as they are written, so the greatest number is the newest message; the index reads them in that order.
  const find = database.all<FoundRow>(
    `select terms.rowid as row, entries.channel, entries.body from terms join entries on entries.row = terms.rowid
     where terms match ? and entries.author not in (select value from json_each(?))
     order by terms.rowid desc limit ?`,
  );

  return async ({ channels, hidden = [], limit, ...query }) => {
    const terms = termsSought(query);
    if (!terms || channels.length === 0) return { messages: [], more: false };
    const allTerms = (channel: string) => terms.map((term) => `"${tokenOf(channel, term)}"`).join(' AND ');
    const atOnce = Math.max(1, Math.floor(tokensAtOnce / terms.length));
    let rows: FoundRow[] = [];
    for (let i = 0; i < channels.length; i += atOnce) {
      if (i > 0) await nextTurn();
      const some = channels.slice(i, i + atOnce);
      const anyChannel = some.map((channel) => `(${allTerms(channel)})`).join(' OR ');
      rows = rows.concat(find(anyChannel, JSON.stringify(hidden), limit + 1));
      if (some.length < channels.length) rows = rows.sort((a, b) => b.row - a.row).slice(0, limit + 1);
    }
    return {
      messages: rows.slice(0, limit).map((row) => ({ ...messageOf(row), channel: row.channel })),
      more: rows.length > limit,
    };
  };
}
