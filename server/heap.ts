import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** How far what V8 keeps for long may grow before all of it is collected, in bytes. */
const room = 128 * 2 ** 20;
/** What is alive at the next collection is known by the last one only, so not by more than this. */
const percentAtMost = 150;
/** Left to itself, V8 lets a heap into which 10,000 connections have just come grow to twice of that and more. */
const percentAtLeast = 40;

/** By how much the heap may grow until the next collection of all of it, in percent of what is alive. */
export function growthPercent(aliveBytes: number): number {
  return Math.min(percentAtMost, Math.max(percentAtLeast, Math.round((room / aliveBytes - 1) * 100)));
}

/**
 * V8 lets a heap of 50 MB grow by a tenth, because to collect it stops the program for a few milliseconds only. But its
 * threads take the cores for some 60 ms meanwhile, from those who send and from the database: at 1,700 messages a second,
 * every two seconds.
 */
export function growRoomily(): void {
  const adapt = () => setFlagsFromString(`--heap-growing-percent=${growthPercent(aliveBytes())}`);
  const collections = new PerformanceObserver((list) => {
    if (list.getEntries().some(isOfAll)) adapt();
  });
  collections.observe({ entryTypes: ['gc'] });
  adapt();
}

function isOfAll(entry: PerformanceEntry): boolean {
  const { NODE_PERFORMANCE_GC_MAJOR } = constants;
  const detail: unknown = 'detail' in entry ? entry.detail : undefined;
  return typeof detail === 'object' && detail !== null && 'kind' in detail && detail.kind === NODE_PERFORMANCE_GC_MAJOR;
}

/** Right after a collection. */
function aliveBytes(): number {
  const kept = getHeapSpaceStatistics().filter(({ space_name }) => !space_name.startsWith('new_'));
  return kept.reduce((sum, { space_used_size }) => sum + space_used_size, 0);
}
