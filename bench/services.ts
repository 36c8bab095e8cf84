import { type Mongod, startMongod } from '../test/services/mongod.ts';
import { type RunningProcess, removeDir, startProcess, tempDir } from '../test/services/process.ts';
import { type RedisServer, startRedis } from '../test/services/redis.ts';
import { secret } from '../test/tokens.ts';
import type { LoadSpec } from './load/spec.ts';

export type Services = { mongod: Mongod; redis: RedisServer };

/** A server that a load can be put on. */
export type Target = {
  dialect: LoadSpec['dialect'];
  urls: readonly string[];
  pids: { readonly [name: string]: number };
  /** Its `DATABASE_URL`; empty where it has none. */
  database: string;
  stop(): Promise<void>;
};

export const targetNames = ['ws', 'socketio', 'insert', 'group', 'chat', 'embedded', 'two'] as const;
export type TargetName = (typeof targetNames)[number];

const here = '.cache/bench/bench';
const references = {
  ws: { file: 'ws-echo', dialect: 'ws', stores: false },
  socketio: { file: 'socketio-echo', dialect: 'socketio', stores: false },
  insert: { file: 'socketio-insert', dialect: 'socketio', stores: true },
  group: { file: 'socketio-group', dialect: 'socketio', stores: true },
} as const;

export async function startServices(): Promise<Services> {
  // As it comes, with half of the memory: with less, its threads that write out of the cache hold up everything else.
  return { mongod: await startMongod({}), redis: await startRedis() };
}

export async function stopServices({ mongod, redis }: Services): Promise<void> {
  await Promise.all([mongod.stop(), redis.stop()]);
}

let databases = 0;

/** With a database of its own, so that no run pays for the one before. */
export async function start(name: TargetName, services: Services, options: ChatOptions = {}): Promise<Target> {
  databases += 1;
  const database = services.mongod.url.replace('/?', `/bench-${databases}?`);
  const db = { database: services.mongod.pid };
  switch (name) {
    case 'chat':
      return target([await startChat({ DATABASE_URL: database }, options)], db, database);
    case 'two': {
      const env = { DATABASE_URL: database, REDIS_URL: services.redis.url };
      const both = [await startChat(env, options), await startChat(env, options)];
      return target(both, { ...db, redis: services.redis.pid }, database);
    }
    case 'embedded': {
      const data = tempDir('bench');
      const file = `file:${data}/chat.db`;
      const running = await target([await startChat({ DATABASE_URL: file }, options)], {}, file);
      return { ...running, stop: () => running.stop().finally(() => removeDir(data)) };
    }
    default: {
      const { file, dialect, stores } = references[name];
      const server = await startNode([...(options.nodeFlags ?? []), `${here}/servers/${file}.js`], {
        DATABASE_URL: services.mongod.url,
      });
      return { ...(await target([server], stores ? db : {}, '')), dialect };
    }
  }
}

export type ChatOptions = {
  /** For Node itself, such as `--cpu-prof`. */
  nodeFlags?: readonly string[];
  env?: { readonly [variable: string]: string };
  /** Where its build lies: another one than this checkout's is measured beside it. */
  build?: string;
};

/** With the flag that `docs/operations.md` advises, as `npm start` and `compose.yaml` have it. */
function startChat(
  env: { [variable: string]: string },
  { nodeFlags = [], env: more = {}, build = 'dist' }: ChatOptions,
) {
  return startNode(['--max-semi-space-size=32', ...nodeFlags, `${build}/server/main.js`, 'serve'], {
    HOST: '127.0.0.1',
    PORT: '0',
    JWT_SECRET: secret,
    RATE_LIMIT: '0',
    LOG_LEVEL: 'error',
    ...env,
    ...more,
  });
}

export function startNode(args: readonly string[], env: { [variable: string]: string } = {}): Promise<RunningProcess> {
  const { PATH = '', HOME = '' } = process.env;
  return startProcess(process.execPath, args, { env: { PATH, HOME, ...env } });
}

async function target(servers: readonly RunningProcess[], pids: Target['pids'], database: string): Promise<Target> {
  const urls = await Promise.all(
    servers.map(async (server) => (await server.until(/listening on (http:\/\/\S+)/))[1] ?? ''),
  );
  return {
    dialect: 'chat',
    urls,
    database,
    pids: { ...Object.fromEntries(servers.map(({ pid }, i) => [i === 0 ? 'server' : `server${i + 1}`, pid])), ...pids },
    async stop() {
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}
