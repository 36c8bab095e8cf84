/// <reference types="mocha" />
import { expect } from 'chai';
import fc from 'fast-check';
import { fullJitter } from './backoff.ts';

describe('the pause before another attempt', () => {
  const options = { baseMs: 500, capMs: 15_000 };

  it('is anything from nothing to a bound that doubles and ends at the cap', () => {
    const bound = (attempt: number) => fullJitter(attempt, options, () => 1);
    expect([0, 1, 2, 3, 4, 5, 1_000].map(bound)).to.deep.equal([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, random) => {
        const pauseMs = fullJitter(attempt, options, () => random);
        expect(pauseMs).to.be.within(0, bound(attempt));
      }),
    );
  });
});
