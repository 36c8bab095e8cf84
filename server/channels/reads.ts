import type { Entry } from '../../protocol/entities.ts';
import type { Caller } from '../auth/caller.ts';
import type { Parts } from '../commands/command.ts';
import { pageLength } from '../log/pages.ts';
import { entriesFor } from './hiding.ts';

type LogPart = { entries: Entry[]; head: number; more: boolean };

/** The end of a channel's log, for this reader. */
export async function latest(parts: Parts, caller: Caller, channel: string, limit: number): Promise<LogPart> {
  const [read, hidden] = await Promise.all([
    parts.sharedEntries.read(`${channel} latest ${limit}`, () => parts.storage.log.latest(channel, limit)),
    caller.hidden(),
  ]);
  const entries = read.slice(-pageLength(read.toReversed()));
  // Of the moment of the read: what came since is delivered, or found by its seq, and not passed over as if it were here.
  const head = entries.at(-1)?.seq ?? 0;
  return { entries: entriesFor(hidden, entries), head, more: (entries[0]?.seq ?? 1) > 1 };
}

/** What stands after the last entry that this reader has. */
export async function missed(
  parts: Parts,
  caller: Caller,
  channel: string,
  since: number,
  limit: number,
): Promise<LogPart> {
  // After an outage all come back with the same seq.
  const after = () => parts.storage.log.after(channel, since, limit);
  const [read, hidden] = await Promise.all([
    parts.sharedEntries.read(`${channel} ${since} ${limit}`, after),
    caller.hidden(),
  ]);
  const entries = read.slice(0, pageLength(read));
  const head = headOf(parts, channel, read);
  return {
    entries: entriesFor(hidden, entries),
    head,
    more: (read.length === limit || entries.length < read.length) && (entries.at(-1)?.seq ?? 0) < head,
  };
}

/** The feed may be a step behind what was just read. */
function headOf(parts: Parts, channel: string, entries: readonly { seq: number }[]): number {
  return Math.max(parts.feeds.head(channel) ?? 0, entries.at(-1)?.seq ?? 0);
}
