import type { ReceiptCounts, Receipts } from '../../protocol/entities.ts';

/** How many others have got a message, and have read it. */
export type Reach = { readonly delivered: number; readonly read: number };

/** Answers for any seq how far it has come, from the watermarks of all but the reader. */
export function marksOf(
  receipts: Receipts,
  counts: ReceiptCounts | undefined,
  me: string | undefined,
): (seq: number) => Reach {
  const others = Object.entries(receipts).filter(([user]) => user !== me);
  const delivered = others.map(([, mark]) => mark.delivered).sort(descending);
  const read = others.map(([, mark]) => mark.read).sort(descending);
  return (seq) => {
    // In a large channel the server counts, the reader among them.
    if (counts && seq <= counts.seq)
      return { delivered: Math.max(0, counts.delivered - 1), read: Math.max(0, counts.read - 1) };
    return { delivered: reached(delivered, seq), read: reached(read, seq) };
  };
}

function descending(a: number, b: number): number {
  return b - a;
}

function reached(marks: readonly number[], seq: number): number {
  const first = marks.findIndex((mark) => mark < seq);
  return first === -1 ? marks.length : first;
}
