import { Binary } from 'mongodb';
import { type Hit, sizeOf, topLevel } from './leaves.ts';

// The places in a leaf of the entries that have a term. In a small leaf they are the bits of a number; in one that was merged
// a list of the distances between them, each in as many bytes as it needs, seven bits in a byte: mostly it is one byte.

const more = 0x80;

export function placesOf(hit: Hit | undefined): number[] {
  if (hit === undefined) return [];
  return typeof hit === 'number' ? bitsOf(hit) : unpacked(hit);
}

/** More than the 32 bits that are worked with at a time. */
function bitsOf(bits: number): number[] {
  const places: number[] = [];
  for (let left = bits >>> 0; left !== 0; left &= left - 1) places.push(lowest(left));
  for (let left = Math.floor(bits / 2 ** 32); left !== 0; left &= left - 1) places.push(32 + lowest(left));
  return places;
}

function lowest(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

function unpacked({ buffer, position }: Binary): number[] {
  const places: number[] = [];
  let [place, distance, shift] = [0, 0, 0];
  for (let at = 0; at < position; at += 1) {
    const byte = buffer[at] ?? 0;
    distance |= (byte & 0x7f) << shift;
    shift += 7;
    if (byte & more) continue;
    place += distance;
    places.push(place);
    [distance, shift] = [0, 0];
  }
  return places;
}

/** A distance between places has at most three bytes. */
const bytes = Buffer.alloc(3 * sizeOf(topLevel));

function packed(places: readonly number[]): Binary {
  let [last, at] = [0, 0];
  for (const place of places) {
    let distance = place - last;
    for (; distance >= more; distance >>>= 7) bytes[at++] = distance | more;
    bytes[at++] = distance;
    last = place;
  }
  // A copy from Node's pool: there are hundreds of thousands of them, and an ArrayBuffer for each would be dear.
  return new Binary(Buffer.from(bytes.subarray(0, at)));
}

/** Places in ascending order, as a leaf of this level keeps them. */
export function hitOf(level: number, places: readonly number[]): Hit {
  return level === 0 ? places.reduce((bits, place) => bits + 2 ** place, 0) : packed(places);
}

/** The places that all of the hits have. */
export function commonPlaces(hits: readonly (Hit | undefined)[]): number[] {
  if (hits.includes(undefined)) return [];
  return hits.map(placesOf).reduce(intersection);
}

function intersection(some: readonly number[], others: readonly number[]): number[] {
  let at = 0;
  return some.filter((place) => {
    while ((others[at] ?? place) < place) at += 1;
    return others[at] === place;
  });
}
