import { pathToFileURL } from 'node:url';
import type { LoadResult } from '../load/spec.ts';
import { load } from '../loads.ts';
import { type StartOptions, start, type Target, type TargetName } from '../services.ts';

type ByServer<Result> = { [Name in TargetName]?: Result };
const compared: readonly TargetName[] = ['socketio', 'chat'];

async function each<Result>(
  measure: (target: Target) => Promise<Result>,
  options: StartOptions = {},
): Promise<ByServer<Result>> {
  const results: ByServer<Result> = {};
  for (const name of compared) {
    const target = await start(name, options);
    try {
      results[name] = await measure(target);
    } finally {
      await target.stop();
    }
  }
  return results;
}

/** One channel with so many members, at about ten thousand deliveries a second. */
export function wide(members: number, seconds: number): Promise<ByServer<LoadResult>> {
  const perSecond = Math.max(1, Math.round(10_000 / members));
  return each((target) =>
    load(target, { channels: 1, members, perSecond, seconds, warmUpSeconds: 2, beatMs: 10_000, drainSeconds: 10 }),
  );
}

export type Idle = {
  connections: number;
  /** As it stands after ten seconds, with the garbage that coming in left behind. */
  kbPerConnection: number;
  /** When the garbage is collected. */
  collectedKbPerConnection: number;
  rssMb: number;
};

/** What a connection costs that does nothing but live: ours with its heartbeats, receipts and place in a channel. */
export function idle(connections: number): Promise<ByServer<Idle>> {
  const kbEach = (mb: number) => Number(((mb * 1_024) / connections).toFixed(1));
  const measure = async (target: Target): Promise<Idle> => {
    // A few come and go first, so that what a server loads once is not counted for its connections.
    const few = await load(target, { channels: 10, members: 10, perSecond: 50, seconds: 2, collects: true });
    const before = few.collectedMb.server ?? 0;
    const { rssMb, collectedMb } = await load(target, {
      channels: connections / 10,
      members: 10,
      perSecond: 1,
      warmUpSeconds: 4,
      seconds: 6,
      collects: true,
    });
    return {
      connections,
      kbPerConnection: kbEach((rssMb.server ?? 0) - before),
      collectedKbPerConnection: kbEach((collectedMb.server ?? 0) - before),
      rssMb: rssMb.server ?? 0,
    };
  };
  return each(measure, { nodeFlags: ['--expose-gc', '--import', collecting] });
}

const collecting = pathToFileURL('.cache/bench/bench/servers/collect.js').href;

export type Storm = { connections: number; allAfterMs: number; p50: number; p99: number };

/** All come back in the same moment, as after a restart: until the last one has entered its channel. */
export function storm(connections: number): Promise<ByServer<Storm>> {
  const crowd = { channels: connections / 10, members: 10, perSecond: 10, seconds: 1, warmUpSeconds: 0, name: 'storm' };
  return each(async (target) => {
    // They were here before: who comes for the first time is written down, and that is another cost.
    await load(target, crowd);
    const { connectMs, connectedAfterMs } = await load(target, { ...crowd, connectAtOnce: connections });
    return { connections, allAfterMs: connectedAfterMs, p50: connectMs.p50, p99: connectMs.p99 };
  });
}
