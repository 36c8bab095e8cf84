import { existsSync } from 'node:fs';
import { type Exit, type RunningProcess, removeDir, startProcess, tempDir } from './services/process.ts';
import { secret } from './tokens.ts';

const program = 'dist/server/main.js';

export type InstanceOptions = {
  /** The folder of the embedded store; a fresh one when left out. */
  data?: string;
  port?: number;
  /** As `serve --demo`, without a key. */
  demo?: boolean;
  env?: { [variable: string]: string };
};

/** The built server as a process of its own. */
export interface Instance {
  /** With a slash at its end. */
  readonly url: string;
  readonly process: RunningProcess;
  /** SIGKILL: no farewell, no last write. Resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM, as an operator ends it. */
  stop(): Promise<Exit>;
  /** The next process on the same port and the same data; after `kill` or `stop`. */
  again(): Promise<Instance>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

/** Resolves when it listens; rejects with its output when it ends before. */
export async function startInstance(options: InstanceOptions = {}): Promise<Instance> {
  if (!existsSync(program)) throw new Error(`There is no ${program}: run "npm run build" first.`);
  const data = options.data ?? tempDir('instance');
  const server = await startProcess(process.execPath, [program, 'serve', ...(options.demo ? ['--demo'] : [])], {
    env: {
      // Nothing else is passed on: a variable of the test's own environment must not configure the server.
      ...inherited('PATH', 'HOME', 'MEETING_CHAT_STEP'),
      HOST: '127.0.0.1',
      PORT: String(options.port ?? 0),
      DATABASE_URL: `file:${data}/chat.db`,
      RATE_LIMIT: '0',
      LOG_LEVEL: 'warn',
      ...(options.demo ? {} : { JWT_SECRET: secret }),
      ...options.env,
    },
  });
  const [, address = ''] = await server.until(/listening on (http:\/\/\S+)/);
  const url = new URL(address);
  return {
    url: url.href,
    process: server,
    async kill() {
      await server.stop('SIGKILL');
    },
    stop: () => server.stop(),
    again: () => startInstance({ ...options, data, port: Number(url.port) }),
    async remove() {
      await server.stop('SIGKILL');
      removeDir(data);
    },
  };
}

function inherited(...variables: string[]): { [variable: string]: string } {
  return Object.fromEntries(variables.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
