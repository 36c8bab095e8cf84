import { setTimeout as sleep } from 'node:timers/promises';
import { type Usage, usagesOf } from './usage.ts';

/** A process that was started with this module and `--expose-gc` collects its garbage at this signal. */
const signal = 'SIGUSR2';
const takesMs = 2_000;

/** What the servers use when their garbage is gone: what is left are the connections, and not the way in which they came. */
export async function collect(pids: { readonly [name: string]: number }): Promise<{ [name: string]: Usage }> {
  const servers = Object.fromEntries(Object.entries(pids).filter(([name]) => name.startsWith('server')));
  for (const pid of Object.values(servers)) process.kill(pid, signal);
  await sleep(takesMs);
  return usagesOf(servers);
}
