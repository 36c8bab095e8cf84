import type { LoadResult } from '../load/spec.ts';
import { holds, load, meetings } from '../loads.ts';
import { type Services, start, type TargetName } from '../services.ts';

export type Rates = { [Name in TargetName]?: LoadResult[] };

export const ratePoints = Object.freeze([100, 500, 1_736, 3_000, 5_000, 8_000, 12_000, 17_000]);

/** Each server at each rate until it breaks. */
export async function rates(
  services: Services,
  {
    names,
    points,
    seconds,
    say,
  }: { names: readonly TargetName[]; points: readonly number[]; seconds: number; say: (line: string) => void },
): Promise<Rates> {
  const results: Rates = {};
  for (const name of names) {
    const target = await start(name, services);
    const measured: LoadResult[] = [];
    try {
      for (const perSecond of points) {
        const result = await load(target, { ...meetings, perSecond, seconds });
        measured.push(result);
        say(lineOf(name, result));
        if (!holds(result)) break;
      }
    } finally {
      await target.stop();
    }
    results[name] = measured;
  }
  return results;
}

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
