import { readFileSync } from 'node:fs';

type Frame = { functionName: string; url: string; lineNumber: number };
type CpuProfile = {
  nodes: readonly { id: number; callFrame: Frame }[];
  samples: readonly number[];
  timeDeltas: readonly number[];
};

export type Share = { name: string; percent: number };
export type Profile = { byPart: Share[]; byFunction: Share[]; busyPercent: number };

/**
 * Where the time of a `--cpu-prof` went, of its last so many seconds: self time of all but the idle, by package or folder
 * and by function.
 */
export function readProfile(file: string, lastSeconds: number): Profile {
  const { nodes, samples, timeDeltas }: CpuProfile = JSON.parse(readFileSync(file, 'utf8'));
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const parts = new Map<string, number>();
  const functions = new Map<string, number>();
  let [busy, all] = [0, 0];
  let left = timeDeltas.reduce((sum, time) => sum + time, 0) / 1_000_000;
  samples.forEach((id, i) => {
    const frame = frames.get(id);
    const time = timeDeltas[i] ?? 0;
    left -= time / 1_000_000;
    // Starting and connecting are other work than what is measured.
    if (left > lastSeconds) return;
    all += time;
    if (frame === undefined || frame.functionName === '(idle)') return;
    busy += time;
    const part = partOf(frame);
    parts.set(part, (parts.get(part) ?? 0) + time);
    const name = `${frame.functionName || '(anonymous)'} ${part} ${frame.url.split('/').at(-1)}:${frame.lineNumber + 1}`;
    functions.set(name, (functions.get(name) ?? 0) + time);
  });
  const shares = (times: Map<string, number>, most: number) =>
    [...times]
      .sort(([, a], [, b]) => b - a)
      .slice(0, most)
      .map(([name, time]) => ({ name, percent: Number(((time / busy) * 100).toFixed(1)) }));
  return { byPart: shares(parts, 20), byFunction: shares(functions, 40), busyPercent: Math.round((busy / all) * 100) };
}

function partOf({ url, functionName }: Frame): string {
  if (url === '') return functionName.startsWith('(') ? functionName : '(native)';
  if (url.startsWith('node:')) return url.split('/').slice(0, 2).join('/');
  const [, dependency] = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/.exec(url) ?? [];
  if (dependency !== undefined) return dependency;
  const [, own] = /dist\/((?:server|protocol)(?:\/[^/]+)?)\//.exec(url) ?? [];
  return own ?? url;
}
