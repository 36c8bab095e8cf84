import { Binary } from 'mongodb';
import { type Searchable, termsOf } from '../terms.ts';

// The search index. A key for every word of every message, made with the message, costs MongoDB ten times as much as the
// message itself. So the index is made of leaves. A small leaf, of level 0, is one document that says for every term of 50
// entries that follow one another which of them have it; it is written once all 50 are there. What no leaf holds yet, mostly
// the last 49 entries of a channel and what is being indexed at the moment, is read and looked through. Where a search had
// to read much of that, a leaf is made before it is full, and again when it is.
//
// Old leaves are merged, so that of a long history few are read: eight small ones at a time go into a leaf of 3,200 entries,
// and eight of these become one of 25,600. So that of a large leaf little is read, it lies in parts, a document each, and the
// hash of a term says in which of them it is. The newest small leaf is never merged: it says how far a channel is indexed. A
// search reads upwards, and leaves move up only: it misses none.

/** Entries in a leaf of level 0. As many bits as a number holds exactly, and a few to spare. */
export const leafSize = 50;
/** Leaves of a level that are merged at a time. */
export const fan = 8;
/** The entries of a leaf of each level, and the parts that it lies in: from the first of them, so many. */
const levels = [
  { entries: leafSize, first: 0, count: 1 },
  { entries: 64 * leafSize, first: 1, count: 32 },
  // With more entries, retention would alter too much at once to take words out of one.
  { entries: 512 * leafSize, first: 33, count: 128 },
] as const;
export const topLevel = levels.length - 1;
const timeBytes = 8;

/** Which entries have a term: at level 0 bit n stands for the leaf's nth entry, above it is a list, see `places.ts`. */
export type Hit = number | Binary;

export type LeafDocument = {
  channel: string;
  /** Says the level, too; those of a higher level have greater numbers. */
  part: number;
  /** Of level 0: 0 for the entries 1 … 50, 1 for 51 … 100 and so on; of level 1: 0 for 1 … 3,200. */
  leaf: number;
  /** All messages up to this seq are in it. */
  until: number;
  /**
   * Of level 0 the time of each entry, above it that of the newest message in each eighth of the entries; 0 where there is no
   * message. As one value, because a search reads many and looks at few.
   */
  times: Binary;
  /** By `fieldOf` the term. */
  hits: { [field: string]: Hit };
};

/** As it is made. A map, because an object of some hundred fields takes V8 several times the memory. */
export type NewLeaf = Omit<LeafDocument, 'hits'> & { hits: ReadonlyMap<string, Hit> };

/** To be written: BSON makes of a map what it makes of an object. */
export function written(leaf: NewLeaf): LeafDocument {
  const document: Omit<LeafDocument, 'hits'> & { hits: unknown } = leaf;
  return document as LeafDocument;
}

/** A term as the name of a field, which must have no dot; no term has a slash. */
export function fieldOf(term: string): string {
  return term.includes('.') ? term.replaceAll('.', '/') : term;
}

/** In which parts a leaf of this level lies. */
export function partsOf(level: number): { first: number; count: number } {
  return levels[level] ?? { first: 0, count: 0 };
}
export function levelOf(part: number): number {
  return levels.findLastIndex(({ first }) => part >= first);
}
export function allParts(level: number): number[] {
  const { first, count } = partsOf(level);
  return Array.from({ length: count }, (_, n) => first + n);
}
/** The part with this term; the terms of one part are in the same few parts of the next level. */
export function partOf(level: number, field: string): number {
  const { first, count } = partsOf(level);
  return first + Math.floor((hash(field) / 2 ** 32) * count);
}

function hash(text: string): number {
  let bits = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193);
  bits = Math.imul(bits ^ (bits >>> 15), 0x85ebca6b);
  return (bits ^ (bits >>> 13)) >>> 0;
}

/** How many entries a leaf of this level holds. */
export function sizeOf(level: number): number {
  return levels[level]?.entries ?? 0;
}
export function leafOf(seq: number, level = 0): number {
  return Math.floor((seq - 1) / sizeOf(level));
}
export function firstSeq(leaf: number, level = 0): number {
  return leaf * sizeOf(level) + 1;
}
export function lastSeq(leaf: number, level = 0): number {
  return firstSeq(leaf + 1, level) - 1;
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
): NewLeaf {
  const times = new Map<number, number>();
  const hits = new Map<string, number>();
  for (const message of messages) {
    const place = message.seq - firstSeq(leaf);
    times.set(place, message.sentAt);
    const bit = 2 ** place;
    for (const each of termsOf(message)) {
      const field = fieldOf(each);
      hits.set(field, (hits.get(field) ?? 0) + bit);
    }
  }
  return {
    channel,
    part: 0,
    leaf,
    until,
    times: packedTimes(leafSize, times),
    hits,
  };
}

/** So many times, 0 where none is given. */
export function packedTimes(count: number, times: ReadonlyMap<number, number>): Binary {
  const view = new DataView(new ArrayBuffer(count * timeBytes));
  for (const [index, time] of times) view.setFloat64(index * timeBytes, time);
  return new Binary(new Uint8Array(view.buffer));
}

export function timesOf({ times }: Pick<LeafDocument, 'times'>): number[] {
  const { buffer, byteOffset, byteLength } = times.buffer;
  const view = new DataView(buffer, byteOffset, byteLength);
  return Array.from({ length: byteLength / timeBytes }, (_, index) => view.getFloat64(index * timeBytes));
}

/** Which of a leaf's times is that of the entry at this place, or of one that is no older. */
export function timeAt(level: number, place: number): number {
  return level === 0 ? place : Math.floor(place / (sizeOf(level) / fan));
}
