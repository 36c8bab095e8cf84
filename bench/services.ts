import { startMongod } from '../test/services/mongod.ts';
import { type RunningProcess, removeDir, startProcess, tempDir } from '../test/services/process.ts';
import { startRedis } from '../test/services/redis.ts';
import { secret } from '../test/tokens.ts';
import type { LoadSpec } from './load/spec.ts';

/** A server that a load can be put on. */
export type Target = {
  dialect: LoadSpec['dialect'];
  urls: readonly string[];
  pids: { readonly [name: string]: number };
  /** Its `DATABASE_URL`; empty where it has none. */
  database: string;
  /** To all of its processes. */
  signal(signal: NodeJS.Signals): void;
  /** Also while it stands still. */
  stop(): Promise<void>;
};

/** What a server stands on. */
type Service = { url: string; pids: Target['pids']; signal: Target['signal']; stop(): Promise<void> };

type Kind = {
  /** Arguments of Node. */
  program: (options: StartOptions) => string[];
  dialect: LoadSpec['dialect'];
  instances: number;
  database?: () => Promise<Service>;
  bus?: () => Promise<Service>;
};

export const targetNames = ['ws', 'socketio', 'insert', 'group', 'chat', 'embedded', 'two'] as const;
export type TargetName = (typeof targetNames)[number];

const kinds: { readonly [Name in TargetName]: Kind } = {
  ws: { program: reference('ws-echo'), dialect: 'ws', instances: 1 },
  socketio: { program: reference('socketio-echo'), dialect: 'socketio', instances: 1 },
  insert: { program: reference('socketio-insert'), dialect: 'socketio', instances: 1, database: mongo },
  group: { program: reference('socketio-group'), dialect: 'socketio', instances: 1, database: mongo },
  chat: { program: chat, dialect: 'chat', instances: 1, database: mongo },
  embedded: { program: chat, dialect: 'chat', instances: 1, database: file },
  two: { program: chat, dialect: 'chat', instances: 2, database: mongo, bus: redis },
};

export type StartOptions = {
  /** For Node itself, such as `--cpu-prof`. */
  nodeFlags?: readonly string[];
  /** One that is there already, and stays. */
  database?: string;
  /** Where our build lies: another one than this checkout's is measured beside it. */
  build?: string;
};

/** On services of its own, so that no server pays for what another one stored. */
export async function start(name: TargetName, options: StartOptions = {}): Promise<Target> {
  const { program, dialect, instances, database: startDatabase = none, bus: startBus = none } = kinds[name];
  const running: { signal: Target['signal']; stop(): Promise<unknown> }[] = [];
  const signal: Target['signal'] = (name) => {
    for (const each of running) each.signal(name);
  };
  // What the others stand on goes last.
  const stop = async () => {
    signal('SIGCONT');
    for (const each of running.reverse()) await each.stop();
  };
  try {
    const database = options.database === undefined ? await startDatabase() : { ...nothing, url: options.database };
    running.push(database);
    const bus = await startBus();
    running.push(bus);
    const servers: RunningProcess[] = [];
    for (let i = 0; i < instances; i += 1) {
      const args = [...(options.nodeFlags ?? []), ...program(options)];
      const server = await startNode(args, { ...settings, DATABASE_URL: database.url, REDIS_URL: bus.url });
      servers.push(server);
      running.push(server);
    }
    const urls = await Promise.all(servers.map(listening));
    const pids = Object.fromEntries(servers.map(({ pid }, i) => [i === 0 ? 'server' : `server${i + 1}`, pid]));
    return { dialect, urls, database: database.url, pids: { ...pids, ...database.pids, ...bus.pids }, signal, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const nothing: Service = { url: '', pids: {}, signal: () => {}, stop: () => Promise.resolve() };

function none(): Promise<Service> {
  return Promise.resolve(nothing);
}
async function mongo(): Promise<Service> {
  // As it comes, with half of the memory: with less, its threads that write out of the cache hold up everything else.
  const mongod = await startMongod({});
  return { ...mongod, url: mongod.url.replace('/?', '/bench?'), pids: { database: mongod.pid } };
}
async function redis(): Promise<Service> {
  const running = await startRedis();
  return { ...running, pids: { redis: running.pid } };
}
function file(): Promise<Service> {
  const data = tempDir('bench');
  return Promise.resolve({
    ...nothing,
    url: `file:${data}/chat.db`,
    stop() {
      removeDir(data);
      return Promise.resolve();
    },
  });
}

function reference(name: string): Kind['program'] {
  return () => [`.cache/bench/bench/servers/${name}.js`];
}
/** With the flag that `docs/operations.md` advises, as `npm start` and `compose.yaml` have it. */
function chat({ build = 'dist' }: StartOptions): string[] {
  return ['--max-semi-space-size=32', `${build}/server/main.js`, 'serve'];
}

/** Our server's, of which others take what they know. */
const settings = Object.freeze({
  HOST: '127.0.0.1',
  PORT: '0',
  JWT_SECRET: secret,
  RATE_LIMIT: '0',
  LOG_LEVEL: 'error',
});

export function startNode(args: readonly string[], env: { [variable: string]: string } = {}): Promise<RunningProcess> {
  const { PATH = '', HOME = '' } = process.env;
  return startProcess(process.execPath, args, { env: { PATH, HOME, ...env } });
}

async function listening(server: RunningProcess): Promise<string> {
  const [, url = ''] = await server.until(/listening on (http:\/\/\S+)/);
  return url;
}
