import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import { endLeftovers } from './leftovers.mjs';

const logFolder = '.cache/logs';
/** The project's own tools before all others, however this was started. */
const path = [resolve('node_modules/.bin'), process.env.PATH].join(delimiter);
/** Pids of the process groups that are running now, so that an interrupted run takes them along. */
const groups = new Set();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    for (const pid of groups) endGroup(pid);
    process.exit(1);
  });
}

/**
 * Runs a command as the leader of its own process group, so that a step which hangs ends with everything it started.
 * Its output goes to a file and is shown only when the step fails.
 * @param {{ name: string, command: string[], timeoutMs: number }} step
 * @returns {Promise<{ ok: boolean, why: string, output: string, seconds: number }>}
 */
export async function run({ name, command: [program, ...args], timeoutMs }) {
  const started = performance.now();
  const mark = `${name}-${process.pid}-${Date.now()}`;
  const chunks = [];
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: path, MEETING_CHAT_STEP: mark },
  });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
  if (child.pid) groups.add(child.pid);

  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    endGroup(child.pid);
  }, timeoutMs);
  // `exit`, not `close`: a grandchild that keeps the pipe open must not keep the step waiting.
  const status = await new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? code));
    child.once('error', (error) => resolve(error.message));
  });
  clearTimeout(timer);
  await new Promise((resolve) => setImmediate(resolve));
  groups.delete(child.pid);
  const left = await endLeftovers(mark);

  const output = Buffer.concat(chunks).toString();
  mkdirSync(logFolder, { recursive: true });
  writeFileSync(`${logFolder}/${name}.log`, output);
  const why = timedOut
    ? `no end after ${timeoutMs / 1000} s`
    : status !== 0
      ? `exit ${status}`
      : left.length > 0
        ? `left running: ${left.join('; ')}`
        : '';
  return { ok: why === '', why, output, seconds: (performance.now() - started) / 1000 };
}

/** The JSON that a step wrote, or undefined where it wrote none. */
export function report(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function endGroup(pid) {
  try {
    if (pid) process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}
