import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll } from 'vitest';

// Registered before a file's own hooks, so it runs after them: by then all that the file started must have ended.
afterAll(async () => {
  const patience = Date.now() + 2_000;
  let left = children();
  while (left.length > 0 && Date.now() < patience) {
    await wait(25);
    left = children();
  }
  if (left.length === 0) return;
  const names = left.map((pid) => `${commandLine(pid)} (${pid})`);
  for (const pid of left) process.kill(pid, 'SIGKILL');
  throw new Error(`This file left running: ${names.join('; ')}`);
});

function children(): number[] {
  return read(`/proc/self/task/${process.pid}/children`).split(' ').filter(Boolean).map(Number).filter(commandLine);
}

/** Empty of a zombie, which has ended and only waits to be noticed. */
function commandLine(pid: number): string {
  return read(`/proc/${pid}/cmdline`).split('\0').slice(0, 3).join(' ').trim();
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
