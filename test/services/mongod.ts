import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { findMongod } from './mongod-binary.ts';
import { freePort, type RunningProcess, removeDir, startProcess, tempDir } from './process.ts';

/** A replica set to use, perhaps with others: a test takes a database of a name of its own. */
export type Mongo = { url: string; stop(): Promise<void> };

/** A replica set of one node of the test's own, on the loopback, that it may torment. */
export interface Mongod extends Mongo {
  /** Of the process that runs now. */
  readonly pid: number;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** SIGSTOP; resolves when it really stands still. */
  freeze(): Promise<void>;
  /** A new process on the same port and data, ready to write; ends the old one first if it still runs. */
  restart(): Promise<void>;
}

/**
 * The replica set of `MONGODB_URL`, or one started for the occasion.
 * @throws ServiceMissing
 */
export function findMongo(): Promise<Mongo> {
  const url = process.env.MONGODB_URL;
  return url ? Promise.resolve({ url, stop: () => Promise.resolve() }) : startMongod();
}

/** What it may use, in GB of memory and MB of disk; MongoDB's own default where nothing is said. */
export type MongodSize = { cacheGb?: number; oplogMb?: number };
type MongodSettings = { [name: string]: string };
const ofReplicaSet: MongodSettings = { replSet: 'rs' };
/** Beside several others on a small machine. */
const smallSize: MongodSize = { cacheGb: 0.25, oplogMb: 200 };

/** @throws ServiceMissing */
export async function startMongod(size: MongodSize = smallSize): Promise<Mongod> {
  const program = await findMongod();
  const directory = tempDir('mongod');
  const settings = { ...ofReplicaSet, ...settingsOf(size) };
  let { port, running } = await launchOnAnyPort(program, directory, settings);
  const url = `mongodb://127.0.0.1:${port}/?replicaSet=rs`;
  await initiate(port);
  await writable(url);

  const kill = async () => {
    await running.stop('SIGKILL');
  };
  return {
    url,
    get pid() {
      return running.pid;
    },
    kill,
    signal: (signal) => running.signal(signal),
    freeze: () => running.freeze(),
    async restart() {
      await kill();
      running = await launch(program, directory, port, settings);
      await writable(url);
    },
    async stop() {
      // Its data goes with it, so there is nothing to say good-bye for; and a frozen process hears no other signal.
      await kill();
      removeDir(directory);
    },
  };
}

/**
 * A mongod by itself, of no replica set.
 * @throws ServiceMissing
 */
export async function startStandalone(): Promise<Mongo> {
  const directory = tempDir('standalone');
  const { port, running } = await launchOnAnyPort(await findMongod(), directory, settingsOf({ cacheGb: 0.25 }));
  return {
    url: `mongodb://127.0.0.1:${port}/`,
    async stop() {
      await running.stop('SIGKILL');
      removeDir(directory);
    },
  };
}

function settingsOf({ cacheGb, oplogMb }: MongodSize): MongodSettings {
  return {
    ...(cacheGb === undefined ? {} : { wiredTigerCacheSizeGB: String(cacheGb) }),
    ...(oplogMb === undefined ? {} : { oplogSize: String(oplogMb) }),
  };
}

async function launchOnAnyPort(
  program: string,
  directory: string,
  settings: MongodSettings,
): Promise<{ port: number; running: RunningProcess }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      return { port, running: await launch(program, directory, port, settings) };
    } catch (error) {
      // Somebody took the port in between.
      if (attempt === 3) throw error;
    }
  }
}

async function launch(
  program: string,
  directory: string,
  port: number,
  settings: MongodSettings,
): Promise<RunningProcess> {
  const all = { port: String(port), bind_ip: '127.0.0.1', dbpath: directory, ...settings };
  const args = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
  const running = await startProcess(program, args);
  await running.until(/Waiting for connections/);
  return running;
}

async function initiate(port: number): Promise<void> {
  const host = `127.0.0.1:${port}`;
  const client = new MongoClient(`mongodb://${host}/?directConnection=true`);
  try {
    await client.db('admin').command({ replSetInitiate: { _id: 'rs', members: [{ _id: 0, host }] } });
  } finally {
    await client.close();
  }
}

/** Resolves when the node is primary and can commit. */
async function writable(url: string): Promise<void> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 30_000 });
  try {
    await client.db('ready').collection<{ _id: number }>('ready').updateOne({ _id: 1 }, { $set: {} }, { upsert: true });
  } finally {
    await client.close();
  }
}

/** A database that no other test has. */
export function databaseIn(replicaSet: string): { url: string; drop(): Promise<void> } {
  const name = `test-${randomUUID()}`;
  const url = replicaSet.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?[^?]*/, `$1/${name}`);
  return {
    url,
    async drop() {
      const client = new MongoClient(replicaSet);
      try {
        await client.db(name).dropDatabase();
      } finally {
        await client.close();
      }
    },
  };
}
