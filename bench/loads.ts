import type { LoadResult, LoadSpec } from './load/spec.ts';
import { startNode, type Target } from './services.ts';

const program = '.cache/bench/bench/load/main.js';
let runs = 0;
/** What has not ended then will not; ten thousand connections take their time on a busy machine. */
const mostMs = 240_000;

export type Load = Pick<LoadSpec, 'channels' | 'members' | 'perSecond' | 'seconds'> & Partial<LoadSpec>;

/** The common conversation: 100 meetings of ten. */
export const meetings = Object.freeze({ channels: 100, members: 10 });

/** Puts a load on a server, from a process of its own. */
export async function load(target: Target, load: Load): Promise<LoadResult> {
  runs += 1;
  const { dialect, urls, pids } = target;
  const spec: LoadSpec = {
    dialect,
    urls,
    pids,
    triesAgain: false,
    warmUpSeconds: 2,
    drainSeconds: 5,
    beatMs: 5_000,
    collects: false,
    name: `b${process.pid}-${runs}`,
    ...load,
  };
  const generator = await startNode([program, JSON.stringify(spec)]);
  const tooLong = setTimeout(() => void generator.stop(), mostMs);
  try {
    const [, result = ''] = await generator.until(/^result (.*)$/m);
    await generator.exited;
    return JSON.parse(result);
  } finally {
    clearTimeout(tooLong);
  }
}
