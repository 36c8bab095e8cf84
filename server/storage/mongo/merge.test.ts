import { BSON } from 'mongodb';
import { expect, test } from 'vitest';
import { message } from '../suite/make-suite.ts';
import { termsOf } from '../terms.ts';
import {
  allParts,
  fan,
  fieldOf,
  firstSeq,
  type LeafDocument,
  lastSeq,
  leafDocument,
  leafOf,
  leafSize,
  type NewLeaf,
  partOf,
  timeAt,
  timesOf,
  written,
} from './leaves.ts';
import { mergedParts } from './merge.ts';
import { placesOf } from './places.ts';

const words = (seq: number) => `all of${seq % 2} of${seq % 7} of${seq % 300} only${seq}`;
const messageAt = (seq: number) => message('c', seq, { text: words(seq), sentAt: 1_000_000 + 10 * seq });

const fieldsOf = (seq: number) => termsOf(messageAt(seq)).map(fieldOf);

function smallLeaf(leaf: number): LeafDocument {
  const seqs = Array.from({ length: leafSize }, (_, place) => firstSeq(leaf) + place);
  return readBack(leafDocument('c', leaf, seqs.map(messageAt), firstSeq(leaf + 1) - 1));
}

function readBack(leaf: NewLeaf): LeafDocument {
  return BSON.deserialize(BSON.serialize(written(leaf))) as LeafDocument;
}

/** All small leaves, eight at a time, and then all that they became, if `level` is 2. */
function merged(leaves: readonly LeafDocument[], level: number): LeafDocument[] {
  return allParts(level - 1).flatMap((part) => {
    const own = leaves.filter((leaf) => leaf.part === part);
    const done = new Map<string, LeafDocument>();
    for (let at = 0; at < own.length; at += fan) {
      const into = leafOf(firstSeq(own[at]?.leaf ?? 0, level - 1), level);
      const there = [...done.values()].filter(({ leaf }) => leaf === into);
      for (const each of mergedParts(own.slice(at, at + fan), there).map(readBack))
        done.set(`${each.part} ${each.leaf}`, each);
    }
    return [...done.values()];
  });
}

test('merged leaves say of every entry what the small ones said, each term in its part, and when it was sent', () => {
  const count = 512;
  let leaves = Array.from({ length: count }, (_, leaf) => smallLeaf(leaf));
  for (const level of [1, 2]) {
    leaves = merged(leaves, level);
    const said = new Map<number, string[]>();
    const misplaced: string[] = [];
    for (const { leaf, part, hits } of leaves) {
      for (const [field, hit] of Object.entries(hits)) {
        if (partOf(level, field) !== part) misplaced.push(field);
        for (const place of placesOf(hit)) {
          const seq = firstSeq(leaf, level) + place;
          said.set(seq, [...(said.get(seq) ?? []), field]);
        }
      }
    }
    expect(misplaced).toEqual([]);
    expect(said.size).toBe(count * leafSize);
    const differs = [...said].filter(([seq, fields]) => `${fields.toSorted()}` !== `${fieldsOf(seq).toSorted()}`);
    expect(differs).toEqual([]);

    const [first] = leaves;
    const times = first === undefined ? [] : timesOf(first);
    const eighth = (lastSeq(0, level) - firstSeq(0, level) + 1) / fan;
    for (const seq of [1, 77, 2_900]) {
      const at = times[timeAt(level, seq - 1)] ?? 0;
      expect(at).toBeGreaterThanOrEqual(messageAt(seq).sentAt);
      expect(at).toBeLessThan(messageAt(seq + eighth).sentAt);
    }
  }
});

test('what is gone from the beginning is no part of what leaves become', () => {
  const parts = mergedParts([smallLeaf(6), smallLeaf(7)]).map(readBack);
  expect(parts[0]).toMatchObject({ part: 1, leaf: 0, until: 400 });
  const all = parts.flatMap(({ hits }) => placesOf(hits.wall));
  expect(all).toEqual(Array.from({ length: 100 }, (_, n) => 300 + n));
});
