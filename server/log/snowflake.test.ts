import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxWorker, Snowflake, snowflakeEpoch } from './snowflake.ts';

const parts = (id: string) => {
  const bits = BigInt(id);
  return { ms: Number(bits >> 22n), worker: Number((bits >> 12n) & 0x3ffn), sequence: Number(bits & 0xfffn) };
};

describe('a Snowflake id', () => {
  it('is the decimal number of its time, its worker and its sequence', () => {
    const time = fc.integer({ min: 0, max: 2 ** 41 - 1 });
    fc.assert(
      fc.property(
        time,
        fc.integer({ min: 0, max: maxWorker }),
        fc.integer({ min: 0, max: 4_095 }),
        (ms, worker, sequence) => {
          const snowflake = new Snowflake(() => snowflakeEpoch + ms);
          let id = '';
          for (let i = 0; i <= sequence; i += 1) id = snowflake.next(worker);
          expect(id).toBe(String((BigInt(ms) << 22n) | (BigInt(worker) << 12n) | BigInt(sequence)));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is higher than the one before, whatever the clock and the worker number do', () => {
    const step = fc.record({
      by: fc.integer({ min: -10_000, max: 10_000 }),
      worker: fc.integer({ min: 0, max: maxWorker }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        let now = snowflakeEpoch + 1e11;
        const snowflake = new Snowflake(() => now);
        let last = 0n;
        for (const { by, worker } of steps) {
          now += by;
          const id = BigInt(snowflake.next(worker));
          expect(id > last).toBe(true);
          last = id;
        }
      }),
    );
  });

  it('goes on from the last millisecond when the clock was set back, and does not wait for it', () => {
    let now = snowflakeEpoch + 5_000;
    const snowflake = new Snowflake(() => now);
    snowflake.next(7);
    now -= 3_000;
    expect(parts(snowflake.next(7))).toEqual({ ms: 5_000, worker: 7, sequence: 1 });
    now += 4_000;
    expect(parts(snowflake.next(7))).toEqual({ ms: 6_000, worker: 7, sequence: 0 });
  });

  it('takes the next millisecond when one is used up', () => {
    const snowflake = new Snowflake(() => snowflakeEpoch + 5_000);
    const ids = Array.from({ length: 10_000 }, () => snowflake.next(1));
    expect(new Set(ids).size).toBe(10_000);
    expect(parts(ids.at(-1) ?? '')).toEqual({ ms: 5_002, worker: 1, sequence: 10_000 - 2 * 4_096 - 1 });
  });
});
