import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A component that a test needs and that this machine cannot give. `withService` turns it into a skip or a failure. */
export class ServiceMissing extends Error {
  override readonly name = 'ServiceMissing';
}

export type Exit = { code: number | null; signal: NodeJS.Signals | null };

export type ProcessOptions = Pick<SpawnOptions, 'cwd' | 'env'>;

/** A process that dies with the one that started it, even when that one is killed. */
export interface RunningProcess {
  readonly pid: number;
  /** What it has written to stdout and stderr, the last 256 kB of it. */
  readonly output: string;
  readonly exited: Promise<Exit>;
  /** Resolves with the first match in its output, past or to come; rejects when it ends without one. */
  until(pattern: RegExp): Promise<RegExpMatchArray>;
  /** `SIGSTOP`, `SIGCONT`, `SIGKILL` …, to this process alone; nothing when it has ended. */
  signal(signal: NodeJS.Signals): void;
  /** SIGSTOP; resolves when every thread of it stands still, which on a busy machine is not at once. SIGCONT thaws it. */
  freeze(): Promise<void>;
  /** Ends it and waits for its end: by `signal`, and by SIGKILL when it has not gone after `graceMs`. */
  stop(signal?: NodeJS.Signals, graceMs?: number): Promise<Exit>;
}

const outputKept = 256_000;
const running = new Set<ChildProcess>();
const directories = new Set<string>();

process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** Kills `pid` when this process ends in whatever way: its stdin is a pipe that the kernel closes then. */
function guard(pid: number): ChildProcess {
  const child = spawn('sh', ['-c', `read -r _; kill -9 ${pid}`], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  child.on('error', () => {});
  child.stdin?.on('error', () => {});
  return child;
}

function standsStill(pid: number): boolean {
  const threads = `/proc/${pid}/task`;
  // Elsewhere than on Linux it is believed.
  if (!existsSync(threads)) return true;
  try {
    return readdirSync(threads).every((thread) => /\) [TZX]/.test(readFileSync(join(threads, thread, 'stat'), 'utf8')));
  } catch {
    return false; // a thread that ended while it was looked for
  }
}

/** Rejects when the command cannot be started; a process that ends at once is seen by `exited`. */
export async function startProcess(
  command: string,
  args: readonly string[],
  options: ProcessOptions = {},
): Promise<RunningProcess> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = new Promise<Exit>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  let output = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-outputKept);
      for (const look of waiting) look();
    });
  }
  await once(child, 'spawn');
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${command} has no process id`);
  const watcher = guard(pid);
  running.add(child);
  void exited.then(() => {
    running.delete(child);
    watcher.kill('SIGKILL');
  });

  return {
    pid,
    get output() {
      return output;
    },
    exited,
    until(pattern) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const match = output.match(pattern);
          if (!match) return;
          waiting.delete(look);
          resolve(match);
        };
        waiting.add(look);
        look();
        void exited.then(() => {
          look();
          waiting.delete(look);
          reject(new Error(`${command} ended before it wrote ${pattern}:\n${output}`));
        });
      });
    },
    signal(signal) {
      child.kill(signal);
    },
    async freeze() {
      child.kill('SIGSTOP');
      while (!standsStill(pid)) await sleep(5);
    },
    async stop(signal = 'SIGTERM', graceMs = 10_000) {
      child.kill(signal);
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      try {
        return await exited;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/** A TCP port on the loopback that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return address.port;
}

/** A fresh folder, removed at the latest when this process exits. */
export function tempDir(name: string): string {
  const directory = mkdtempSync(join(tmpdir(), `meeting-chat-${name}-`));
  directories.add(directory);
  return directory;
}

export function removeDir(directory: string): void {
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  directories.delete(directory);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Resolves when something accepts connections on the port; rejects after `timeoutMs`. */
export async function waitForPort(port: number, timeoutMs = 30_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await accepts(port))) {
    if (Date.now() > deadline) throw new Error(`nothing listens on port ${port} after ${timeoutMs} ms`);
    await sleep(25);
  }
}

/**
 * The service, or undefined where this machine cannot give it: then it says so in one line, for the caller to skip,
 * and with `REQUIRE_SERVICES=1` it is a failure.
 */
export async function withService<Service>(start: () => Promise<Service>): Promise<Service | undefined> {
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof ServiceMissing) || process.env.REQUIRE_SERVICES === '1') throw error;
    process.stderr.write(`skipped: ${error.message}\n`);
    return undefined;
  }
}
