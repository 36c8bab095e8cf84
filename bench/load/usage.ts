import { readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second, whatever the kernel's own clock. */
const ticksPerSecond = 100;

export type Usage = { cpuSeconds: number; rssMb: number };

/** What a process has used so far, from /proc; nothing when it is gone. */
export function usageOf(pid: number): Usage {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name in brackets may hold anything; the fields count from behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [user, system] = [Number(fields[11]), Number(fields[12])];
    const rss = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? '0';
    return { cpuSeconds: (user + system) / ticksPerSecond, rssMb: Number(rss) / 1_024 };
  } catch {
    return { cpuSeconds: 0, rssMb: 0 };
  }
}

export function usagesOf(pids: { readonly [name: string]: number }): { [name: string]: Usage } {
  return Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, usageOf(pid)]));
}
