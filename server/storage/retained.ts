import type { DeleteEntry, Entry } from '../../protocol/entities.ts';

/** Who is said to have deleted what was kept for as long as its channel wanted. */
export const retention = 'retention';

/** What stands for an entry that is gone: the delete of itself, which does no harm to whoever never had it. */
function goneEntry(seq: number, at: number): DeleteEntry {
  return { seq, type: 'delete', target: seq, by: retention, at };
}

/**
 * The entries after `since` without a gap: below `first`, where retention has taken them, something stands in their place.
 * Above it nothing is made up: a gap there would be a fault, and must show.
 */
export function withoutGaps(entries: Entry[], since: number, limit: number, { first, at }: Retained): Entry[] {
  const whole: Entry[] = [];
  let next = since + 1;
  const fill = (to: number) => {
    for (; next < to && next < first && whole.length < limit; next += 1) whole.push(goneEntry(next, at));
  };
  for (const entry of entries) {
    fill(entry.seq);
    if (whole.length >= limit) break;
    whole.push(entry);
    next = entry.seq + 1;
  }
  fill(first);
  return whole;
}

/** The first seq that is left, and when the last before it was taken. */
export type Retained = { first: number; at: number };

/** The common case: nothing is missing, and nobody need look why. */
export function isWhole(entries: readonly Entry[], since: number): boolean {
  return (entries.at(-1)?.seq ?? since) === since + entries.length;
}

export function timeOf(entry: Entry): number {
  return entry.type === 'message' ? entry.sentAt : entry.at;
}
