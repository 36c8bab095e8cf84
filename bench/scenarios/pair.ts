import { load, meetings } from '../loads.ts';
import { start } from '../services.ts';
import { Turns } from '../turns.ts';

export type Cost = { server: number; database: number; frames: number };

/**
 * CPU seconds of 1,000 messages, of several servers that run side by side and take turns: whatever else the machine does
 * meets all of them alike. Median of the rounds.
 */
export async function pair({
  builds,
  names,
  perSecond,
  seconds,
  warmUpSeconds,
  rounds,
  say,
}: {
  /** Our server, by the folder of its build. */
  builds: readonly string[];
  names: readonly ('ws' | 'socketio' | 'group')[];
  perSecond: number;
  seconds: number;
  warmUpSeconds: number;
  rounds: number;
  say: (line: string) => void;
}): Promise<{ [name: string]: Cost }> {
  const turns = new Turns<string>();
  const costs = new Map<string, Cost[]>();
  try {
    for (const build of builds) turns.add(build, await start('chat', { build }));
    for (const name of names) turns.add(name, await start(name));
    for (let round = 0; round < rounds; round += 1) {
      for (const name of turns.names) {
        const result = await turns.take(name, (target) =>
          load(target, { ...meetings, perSecond, seconds, warmUpSeconds: warmUpSeconds * (round === 0 ? 3 : 1) }),
        );
        const { server = 0, database = 0 } = result.cpuPer1000;
        costs.set(name, [...(costs.get(name) ?? []), { server, database, frames: result.framesPerDelivery }]);
        const refused = Object.values(result.refused).reduce((sum, count) => sum + count, 0);
        say(
          `${name.padEnd(16)} server ${server} database ${database} frames ${result.framesPerDelivery}` +
            ` p50 ${result.delivery.p50} p99 ${result.delivery.p99}${refused > 0 ? ` refused ${refused} of ${result.sent}` : ''}`,
        );
      }
    }
  } finally {
    await turns.end();
  }
  return Object.fromEntries([...costs].map(([name, all]) => [name, medianOf(all)]));
}

function medianOf(costs: readonly Cost[]): Cost {
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  return {
    server: middle(costs.map(({ server }) => server)),
    database: middle(costs.map(({ database }) => database)),
    frames: middle(costs.map(({ frames }) => frames)),
  };
}
