import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Schedule, type Step, simulate } from './world.ts';

/** Every schedule that once failed, cut down to what made it fail. */
const kept = new URL('./kept/', import.meta.url);
const runs = Number(process.env.SCHEDULES ?? 2_500);

const step: fc.Arbitrary<Step> = fc
  .tuple(
    fc.oneof(fc.nat(50), fc.nat(3_000), fc.nat(15_000)),
    fc.oneof(
      { weight: 10, arbitrary: fc.record({ do: fc.constant('write' as const), who: fc.nat(2) }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('change' as const), who: fc.nat(2) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('reload' as const, 'older' as const), who: fc.nat(2) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('break' as const), who: fc.nat(2), noticed: fc.boolean() }) },
      {
        weight: 2,
        arbitrary: fc.record({ do: fc.constantFrom('crash' as const, 'restart' as const), which: fc.nat(2) }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ do: fc.constantFrom('freeze' as const, 'part' as const), ms: fc.nat(12_000) }),
      },
    ),
  )
  .map(([afterMs, what]) => ({ afterMs, ...what }));

const schedule: fc.Arbitrary<Schedule> = fc.record({
  seed: fc.integer(),
  instances: fc.integer({ min: 1, max: 3 }),
  users: fc.integer({ min: 1, max: 3 }),
  frameLoss: fc.constantFrom(0, 0.02, 0.2),
  busLoss: fc.constantFrom(0, 0.1, 0.6),
  writeLoss: fc.constantFrom(0, 0.05, 0.3),
  steps: fc.array(step, { minLength: 1, maxLength: 40 }),
});

// A page's browser: it has no lock manager, so that every page takes what an earlier one left.
beforeAll(() => vi.stubGlobal('navigator', {}));
afterAll(() => vi.unstubAllGlobals());

describe('R2 R3 R4 R5 R22: all clients and the store agree in the end', () => {
  for (const name of readdirSync(kept).filter((file) => file.endsWith('.json'))) {
    test(`after the schedule ${name}`, async () => {
      const failed: Schedule = JSON.parse(readFileSync(new URL(name, kept), 'utf8'));
      expect(await simulate(failed)).toBeUndefined();
    });
  }

  test(`after ${runs} random schedules of loss, delay, crash and reconnect`, { timeout: 600_000 }, async () => {
    const property = fc.asyncProperty(schedule, async (given) => {
      const flaw = await simulate(given);
      if (flaw) throw new Error(flaw);
    });
    const result = await fc.check(property, { numRuns: runs });
    if (!result.failed) return;
    expect.fail(`${result.errorInstance}\nThe schedule is kept as ${keep(result.counterexample?.[0])}`);
  });
});

function keep(failed: Schedule | undefined): string {
  const file = new URL(`${failed?.seed ?? 0}.json`, kept);
  mkdirSync(kept, { recursive: true });
  writeFileSync(file, `${JSON.stringify(failed, null, 2)}\n`);
  return file.pathname;
}
