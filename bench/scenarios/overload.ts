import type { LoadResult } from '../load/spec.ts';
import { load, meetings } from '../loads.ts';
import { start } from '../services.ts';

export type Overload = {
  offered: number;
  acceptedPerSecond: number;
  acceptedShare: number;
  result: LoadResult;
  /** The same server at a rate that it can take, right after. */
  after: LoadResult;
};

/** More than it can take: it is to refuse what it cannot deliver in time, and to be as before when that ends. */
export async function overload(offered: number, seconds: number): Promise<Overload> {
  const target = await start('chat');
  try {
    const result = await load(target, { ...meetings, perSecond: offered, seconds });
    const after = await load(target, { ...meetings, perSecond: 1_736, seconds: 3 });
    const accepted = result.expected / meetings.members / result.sent;
    return {
      offered,
      acceptedShare: Number(accepted.toFixed(3)),
      acceptedPerSecond: Math.round(accepted * offered),
      result,
      after,
    };
  } finally {
    await target.stop();
  }
}
