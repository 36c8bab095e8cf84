import { setImmediate as nextTurn } from 'node:timers/promises';

/** An embedded store answers in the turn in which it is asked, and nobody else is served in it: after so long they are. */
const turnMs = 10;

/** Runs `work` for each item, `width` at a time, and answers the results in the items' order; rejects with the first failure. */
export async function mapOf<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  let turn = performance.now();
  const lane = async () => {
    for (const [index, item] of queue) {
      results[index] = await work(item);
      if (performance.now() < turn + turnMs) continue;
      await nextTurn();
      turn = performance.now();
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  return results;
}
