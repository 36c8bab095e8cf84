import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NewEntry, Storage } from '../storage.ts';
import { deletion, edit, freshId, kinds, message, seqs } from './make-suite.ts';

const vocabulary = Array.from({ length: 40 }, (_, n) => `w${n}`);
// The first words are common and the last ones rare, as words are.
const word = fc.double({ min: 0, max: 0.999, noNaN: true }).map((at) => vocabulary[Math.floor(40 * at * at)] ?? '');
const text = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' '));
type Step = { kind: 'send' | 'edit' | 'delete'; text: string; target: number };
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('send', 'send', 'send', 'send', 'edit', 'edit', 'delete'),
  text,
  target: fc.nat(999),
});

/** The changes that can be made, in batches, and the texts that are there after them. */
function play(channel: string, steps: readonly Step[]): { batches: NewEntry[][]; texts: Map<number, string> } {
  const texts = new Map<number, string>();
  const entries = steps.map((step, index): NewEntry => {
    const seq = index + 1;
    const there = [...texts.keys()];
    const target = there[step.target % there.length];
    // The time makes every edit another text, which is what makes it an edit.
    const now = `${step.text} at${seq}`;
    if (step.kind === 'send' || target === undefined) {
      texts.set(seq, now);
      return message(channel, seq, { text: now });
    }
    if (step.kind === 'delete') {
      texts.delete(target);
      return deletion(channel, seq, target);
    }
    texts.set(target, now);
    return edit(channel, seq, target, now);
  });
  const batches = Array.from({ length: Math.ceil(entries.length / 25) }, (_, n) => entries.slice(25 * n, 25 * (n + 1)));
  return { batches, texts };
}

export function searchModelSuite(storage: () => Storage): void {
  test('whatever was sent, edited and deleted: a search finds what is there and nothing else', async () => {
    const property = fc.asyncProperty(fc.array(step, { minLength: 250, maxLength: 350 }), async (steps) => {
      const channel = freshId('channel');
      const { batches, texts } = play(channel, steps);
      for (const batch of batches) {
        expect(new Set(kinds(await storage().log.append(batch)))).toEqual(new Set(['stored']));
      }
      for (const words of vocabulary) {
        const { messages } = await storage().log.search({ channels: [channel], words, limit: 1_000 });
        const there = [...texts].filter(([, each]) => each.split(' ').includes(words)).map(([seq]) => seq);
        expect(seqs(messages).toSorted((a, b) => a - b)).toEqual(there.toSorted((a, b) => a - b));
      }
    });
    // A run is long, and a shorter history is hardly easier to read.
    await fc.assert(property, { numRuns: 2, endOnFailure: true });
  });
}
