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
  const [read, hidden, known] = await Promise.all([
    parts.sharedEntries.read(`${channel} ${since} ${limit}`, after),
    caller.hidden(),
    headOf(parts, channel),
  ]);
  const entries = read.slice(0, pageLength(read));
  // What is known of the head may be a step behind what was just read.
  const head = Math.max(known, read.at(-1)?.seq ?? 0);
  return {
    entries: entriesFor(hidden, entries),
    head,
    more: (read.length === limit || entries.length < read.length) && (entries.at(-1)?.seq ?? 0) < head,
  };
}

/** What is known of an open channel is never behind by more than is written in some seconds. */
const behindAtMost = 10_000;

/**
 * At once where somebody here has joined the channel; else the store is asked. Also where `seq` was read already, and what is
 * known is a step behind it; but one far beyond is none that was read, and says "all".
 */
export function headOf(
  { feeds, storage }: Pick<Parts, 'feeds' | 'storage'>,
  channel: string,
  seq = 0,
): number | Promise<number> {
  const known = feeds.head(channel);
  const isEnough = known !== undefined && (seq <= known || seq - known > behindAtMost);
  return isEnough ? known : storedHead(storage, channel);
}

/** How far the log reaches, durably; what is known here may be a step behind. */
export async function storedHead({ log }: Pick<Parts['storage'], 'log'>, channel: string): Promise<number> {
  return (await log.heads([channel])).get(channel) ?? 0;
}
