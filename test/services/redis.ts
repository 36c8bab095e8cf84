import { freePort, type RunningProcess, removeDir, startProcess, tempDir } from './process.ts';
import { needProgram } from './programs.ts';

/** A Redis to use, perhaps with others. */
export type Redis = { url: string; stop(): Promise<void> };

/** A Redis of the test's own, on the loopback and without persistence, that it may torment. */
export interface RedisServer extends Redis {
  /** Of the process that runs now. */
  readonly pid: number;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** A new process on the same port, empty; ends the old one first if it still runs. */
  restart(): Promise<void>;
}

/**
 * The Redis of `REDIS_URL`, or one started for the occasion.
 * @throws ServiceMissing
 */
export function findRedis(): Promise<Redis> {
  const url = process.env.REDIS_URL;
  return url ? Promise.resolve({ url, stop: () => Promise.resolve() }) : startRedis();
}

/** @throws ServiceMissing */
export async function startRedis(): Promise<RedisServer> {
  const program = needProgram('Redis is not here (Debian: apt-get install redis-server)', 'redis-server');
  const directory = tempDir('redis');
  let { port, running } = await launchOnAnyPort(program, directory);

  const kill = async () => {
    // Nothing is kept, so there is nothing to say good-bye for; and a frozen process hears no other signal.
    await running.stop('SIGKILL');
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    get pid() {
      return running.pid;
    },
    kill,
    signal: (signal) => running.signal(signal),
    async restart() {
      await kill();
      running = await launch(program, directory, port);
    },
    async stop() {
      await kill();
      removeDir(directory);
    },
  };
}

async function launchOnAnyPort(program: string, directory: string): Promise<{ port: number; running: RunningProcess }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      return { port, running: await launch(program, directory, port) };
    } catch (error) {
      // Somebody took the port in between.
      if (attempt === 3) throw error;
    }
  }
}

async function launch(program: string, directory: string, port: number): Promise<RunningProcess> {
  const settings = { port: String(port), bind: '127.0.0.1', dir: directory, save: '', appendonly: 'no' };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const running = await startProcess(program, args);
  await running.until(/Ready to accept connections/);
  return running;
}
