import { holds } from '../load/holds.ts';
import type { LoadResult } from '../load/spec.ts';
import { load, meetings } from '../loads.ts';
import { start, type Target, type TargetName } from '../services.ts';
import { Turns } from '../turns.ts';

export type Rates = { [Name in TargetName]?: LoadResult[] };

export const ratePoints = Object.freeze([
  100, 500, 1_736, 3_000, 5_000, 6_500, 8_000, 10_000, 12_000, 13_000, 15_000, 17_000,
]);

export type RatesOptions = {
  names: readonly TargetName[];
  points: readonly number[];
  seconds: number;
  /** No higher rate after one that a server did not bear. */
  untilBroken: boolean;
  say: (line: string) => void;
};

/**
 * Each server at each rate, in turns: at a rate one after the other, since the machine is quicker in one quarter of an hour
 * than in the next.
 */
export async function rates({ names, points, seconds, untilBroken, say }: RatesOptions): Promise<Rates> {
  const results: Rates = {};
  const turns = new Turns<TargetName>();
  try {
    for (const name of names) turns.add(name, await start(name));
    for (const perSecond of points) {
      for (const name of turns.names) {
        const rate = { perSecond, seconds, triesAgain: untilBroken };
        const result = await turns
          .take(name, (target) => atRate(target, rate))
          .catch((error: unknown) => {
            // One that does not bear even this is no reason to know nothing of the others.
            say(`${name}: ${error instanceof Error ? error.message : String(error)}`);
          });
        if (result) {
          say(lineOf(name, result));
          results[name] = [...(results[name] ?? []), result];
        }
        if (!result || (untilBroken && !holds(result))) await turns.leave(name);
      }
    }
  } finally {
    await turns.end();
  }
  return results;
}

function atRate(
  target: Target,
  rate: { perSecond: number; seconds: number; triesAgain: boolean },
): Promise<LoadResult> {
  // Once around with heartbeats and receipts before, so that what each member costs once is not counted.
  return load(target, { ...meetings, ...rate, warmUpSeconds: beatMs / 1_000, beatMs });
}

/** What the clients do, too. */
const beatMs = 5_000;

/** The highest rate that it held; 0 where it held none. */
export function capacityOf(results: readonly LoadResult[] = []): number {
  return Math.max(0, ...results.filter(holds).map(({ perSecond }) => perSecond));
}

export function lineOf(name: string, result: LoadResult): string {
  const { perSecond, delivery, ack, late, lost, refused, framesPerDelivery, cpuPer1000, rssMb, dropped } = result;
  const cpu = Object.entries(cpuPer1000).map(([process, seconds]) => `${process} ${seconds.toFixed(3)}`);
  return [
    `${name} ${perSecond}/s`.padEnd(18),
    `p50 ${delivery.p50} p99 ${delivery.p99} ms`.padEnd(26),
    `ack p99 ${ack.p99}`.padEnd(14),
    `late p99 ${late.p99}`.padEnd(16),
    `frames ${framesPerDelivery}`.padEnd(13),
    `CPU s/1,000: ${cpu.join(', ')}`.padEnd(44),
    `gen ${result.generatorCpuShare}`,
    `MB ${rssMb.server ?? 0}`,
    lost > 0 ? `LOST ${lost}` : '',
    dropped > 0 ? `DROPPED ${dropped}` : '',
    Object.keys(refused).length > 0 ? JSON.stringify(refused) : '',
  ].join('  ');
}
