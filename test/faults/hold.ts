import { expect, test } from 'vitest';
import { flawless, lineOf } from './checker.ts';
import { type Fault, type Instances, isLong } from './faults.ts';
import { type RoundOptions, runRound, VoidRound } from './round.ts';

/** A short round of each fault belongs to every test run. */
const rounds = Array.from({ length: isLong ? 10 : 1 }, (_, i) => i + 1);
const load: RoundOptions = isLong ? { clients: 18, acks: 1_000, thinkMs: 20 } : { clients: 9, acks: 100, thinkMs: 40 };

/** A test for each fault, in which nothing is lost, doubled or reordered; the figures are printed. */
export function testFaults<Target extends Instances>(
  target: Target | undefined,
  faults: { readonly [name: string]: Fault<Target> },
): void {
  for (const [name, fault] of Object.entries(faults)) {
    test.skipIf(target === undefined).for(rounds)(`${name} (%i)`, async () => {
      if (target === undefined) return;
      const figures = await again(() => runRound(target, fault, load));
      process.stdout.write(`${name}: ${lineOf(figures)}\n`);
      expect(figures).toMatchObject(flawless);
    });
  }
}

/** A void run shows nothing, so it is done again; three of them say that the test itself is wrong. */
async function again<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof VoidRound) || attempt === 3) throw error;
    }
  }
}
