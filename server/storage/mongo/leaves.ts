import { Binary } from 'mongodb';
import { type Searchable, termsOf } from '../terms.ts';

// The search index. A key for every word of every message, made with the message, costs MongoDB ten times as much as the
// message itself. So the index is made of leaves: one document for the terms of 50 entries that follow one another, with a
// key for each different term, written once all 50 are there. What no leaf holds yet, mostly the last 49 entries of
// a channel and what is being indexed at the moment, is read and looked through. Where a search had to read much of that,
// a leaf is made before it is full, and again when it is, so that to search many channels costs little.

/** Entries in a leaf. As many bits as a number holds exactly, and a few to spare. */
export const leafSize = 50;
const timeBytes = 8;

export type LeafDocument = {
  channel: string;
  /** 0 for the entries 1 … 50, 1 for 51 … 100 and so on. */
  leaf: number;
  /** All messages up to this seq are in it. */
  until: number;
  /** The time of its newest message. */
  at: number;
  /** The time of each entry, 0 where it is no message: as one value, because a search reads many and looks at few. */
  times: Binary;
  /** For the index. */
  terms: string[];
  /** Which entries have the term, by `fieldOf` it: bit n of the number stands for the leaf's nth entry. */
  hits: { [field: string]: number };
};

/** A term as the name of a field, which must have no dot; no term has a slash. */
export function fieldOf(term: string): string {
  return term.replaceAll('.', '/');
}

export function leafOf(seq: number): number {
  return Math.floor((seq - 1) / leafSize);
}
export function firstSeq(leaf: number): number {
  return leaf * leafSize + 1;
}
export function lastSeq(leaf: number): number {
  return firstSeq(leaf + 1) - 1;
}
/** Whether the entry with this seq is the last of its leaf. */
export function fillsLeaf(seq: number): boolean {
  return seq % leafSize === 0;
}

export function leafDocument(
  channel: string,
  leaf: number,
  messages: readonly (Searchable & { seq: number; sentAt: number })[],
  until: number,
): LeafDocument {
  const times = new DataView(new ArrayBuffer(leafSize * timeBytes));
  const hits = new Map<string, number>();
  let at = 0;
  for (const message of messages) {
    const place = message.seq - firstSeq(leaf);
    times.setFloat64(place * timeBytes, message.sentAt);
    at = Math.max(at, message.sentAt);
    for (const term of termsOf(message)) hits.set(term, (hits.get(term) ?? 0) + 2 ** place);
  }
  return {
    channel,
    leaf,
    until,
    at,
    times: new Binary(new Uint8Array(times.buffer)),
    terms: [...hits.keys()],
    hits: Object.fromEntries(Array.from(hits, ([term, bits]) => [fieldOf(term), bits])),
  };
}

export function timeOf({ times }: Pick<LeafDocument, 'times'>, place: number): number {
  const { buffer, byteOffset } = times.buffer;
  return new DataView(buffer, byteOffset).getFloat64(place * timeBytes);
}

/** The places in a leaf of the entries that have all of the terms whose hits are given. */
export function placesOf(hits: readonly number[]): number[] {
  const places: number[] = [];
  for (let place = 0; place < leafSize; place += 1) {
    if (hits.every((bits) => Math.floor(bits / 2 ** place) % 2 === 1)) places.push(place);
  }
  return places;
}
