import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { mapOf } from './parallel.ts';

describe('Work on many items', () => {
  it('is answered in their order, so many at a time', async () => {
    let under = 0;
    let most = 0;
    const doubled = await mapOf([1, 2, 3, 4, 5], 2, async (item) => {
      under += 1;
      most = Math.max(most, under);
      await nextTurn();
      under -= 1;
      return item * 2;
    });
    expect([doubled, most]).toEqual([[2, 4, 6, 8, 10], 2]);
  });

  it('lets others have their turn, where the store answers at once', async () => {
    let isOver = false;
    const busy = mapOf(Array.from({ length: 40 }), 8, async () => {
      for (const began = performance.now(); performance.now() < began + 5; );
    }).then(() => {
      isOver = true;
    });
    let turns = 0;
    for (; !isOver; turns += 1) await nextTurn();
    await busy;
    // 200 ms of work, of which a turn takes 10 at the least, and as much as the lanes had begun.
    expect(turns).toBeGreaterThan(3);
  });
});
