import type { LoadResult, LoadSpec } from './load/spec.ts';
import { startNode, type Target } from './services.ts';

const program = '.cache/bench/bench/load/main.js';
let runs = 0;

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
    warmUpSeconds: 1.5,
    drainSeconds: 5,
    beatMs: 5_000,
    name: `b${process.pid}-${runs}`,
    ...load,
  };
  const generator = await startNode([program, JSON.stringify(spec)]);
  const [, result = ''] = await generator.until(/^result (.*)$/m);
  await generator.exited;
  return JSON.parse(result);
}

/** Past this a conversation is no longer one. */
export const brokenAboveMs = 100;

export function holds({ delivery, lost, dropped, refused }: LoadResult): boolean {
  return delivery.p99 <= brokenAboveMs && lost === 0 && dropped === 0 && Object.keys(refused).length === 0;
}
