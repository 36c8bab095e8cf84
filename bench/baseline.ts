import { readFileSync, writeFileSync } from 'node:fs';
import type { Results } from './results.ts';

/** Figures of one run, each divided by a reference server's of the same run: what can be compared between machines. */
export type Ratios = { [name: string]: number };

const file = 'bench/baseline.json';
/** A ratio may be worse by this much before it counts as a regression; the machine has others on it. */
const tolerance = 0.3;

export function ratiosOf({ rates }: Results): Ratios {
  const ratios: Ratios = {};
  for (const ours of rates?.chat ?? []) {
    const at = `at ${ours.perSecond}/s`;
    for (const [name, points] of [
      ['Socket.IO', rates?.socketio],
      ['group commit', rates?.group],
    ] as const) {
      const theirs = points?.find(({ perSecond }) => perSecond === ours.perSecond);
      // One that delivers nothing is nothing to be compared with.
      if (theirs === undefined || theirs.delivered === 0) continue;
      ratios[`server CPU / ${name} ${at}`] = ratio(ours.cpuPer1000.server, theirs.cpuPer1000.server);
      if (name === 'group commit') ratios[`p50 / ${name} ${at}`] = ratio(ours.delivery.p50, theirs.delivery.p50);
    }
    ratios[`frames per delivery ${at}`] = ours.framesPerDelivery;
  }
  return ratios;
}

function ratio(ours = 0, theirs = 0): number {
  return Number((ours / Math.max(theirs, 1e-6)).toFixed(2));
}

export function writeBaseline(ratios: Ratios): void {
  writeFileSync(file, `${JSON.stringify(ratios, undefined, 2)}\n`);
}

/** Prints each ratio beside the committed one; answers whether none is much worse. All of them are better when smaller. */
export function compare(ratios: Ratios, say: (line: string) => void): boolean {
  const baseline: Ratios = JSON.parse(readFileSync(file, 'utf8'));
  let isGood = true;
  for (const [name, value] of Object.entries(ratios)) {
    const before = baseline[name];
    const isWorse = before !== undefined && value > before * (1 + tolerance);
    if (isWorse) isGood = false;
    say(`${name.padEnd(44)} ${String(value).padStart(6)}  baseline ${before ?? '–'}${isWorse ? '  WORSE' : ''}`);
  }
  return isGood;
}
