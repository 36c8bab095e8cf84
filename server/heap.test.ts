import { describe, expect, it } from 'vitest';
import { growthPercent } from './heap.ts';

const mb = 2 ** 20;
const grown = (alive: number) => alive * (1 + growthPercent(alive * mb) / 100);

describe('The heap', () => {
  it('grows to 128 MB before all of it is collected', () => {
    for (const alive of [52, 64, 80, 91]) expect(grown(alive)).toBeCloseTo(128, -1);
  });

  it('grows by no more than one and a half times what is alive, which may be much more by then', () => {
    for (const alive of [1, 10, 40]) expect(grown(alive)).toBe(alive * 2.5);
  });

  it('grows by two fifths where much is alive', () => {
    for (const alive of [92, 150, 2_000]) expect(growthPercent(alive * mb)).toBe(40);
  });
});
