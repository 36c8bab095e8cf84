import { type ClientSession, type Db, MongoClient, type MongoClientOptions, MongoServerError } from 'mongodb';
import { StoreAway } from '../store-away.ts';
import { type Collections, collectionsOf } from './collections.ts';
import { prepare } from './schema.ts';
import { hasKeyIndex } from './upgrade.ts';

/** What every part of the store works with. */
export type Connection = {
  collections: Collections;
  /** See `Storage`. */
  deployment: string;
  /** Of a database that began before a message's name held its key. */
  hasKeyIndex: boolean;
  /** With a session that nobody else uses meanwhile. */
  inSession<Result>(work: (session: ClientSession) => Promise<Result>): Promise<Result>;
  /** All of it or nothing; done anew when another transaction was in the way, so `work` must bear being repeated. */
  transact<Result>(work: (session: ClientSession) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
};

/** The longest that a call takes; a frozen server must not hold its callers. */
export const operationTimeoutMs = 5_000;

const connectionsAtMost = 20;

const options: MongoClientOptions = {
  appName: 'meeting-chat',
  // Durable means: in the journals of a majority. What is read is only what is durable.
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: operationTimeoutMs },
  readConcern: { level: 'majority' },
  readPreference: 'primary',
  retryWrites: true,
  retryReads: true,
  ignoreUndefined: true,
  // The driver has no limit for a whole operation; `calls.ts` has. These end each step of what it gave up on.
  socketTimeoutMS: operationTimeoutMs,
  serverSelectionTimeoutMS: 4_000,
  connectTimeoutMS: 4_000,
  waitQueueTimeoutMS: 4_000,
  heartbeatFrequencyMS: 2_000,
  maxPoolSize: connectionsAtMost,
};

const defaultDatabase = 'meeting-chat';

function databaseOf(client: MongoClient, url: string): Db {
  const named = /^mongodb(?:\+srv)?:\/\/[^/?]+\/[^/?]+/.test(url);
  return client.db(named ? undefined : defaultDatabase);
}

/**
 * Sessions are used again and again: with one for each call, as the driver makes them, its list of those in use makes its
 * table anew all the time, and all that ever was in it, with the database's answers, is kept until it has grown old.
 */
function sessionsOf(client: MongoClient): Connection['inSession'] {
  const idle: ClientSession[] = [];
  return async (work) => {
    const session = idle.pop() ?? client.startSession({ causalConsistency: false });
    let isIdle = false;
    try {
      const result = await work(session);
      isIdle = true;
      return result;
    } finally {
      // After a failure nobody knows what the database still does in it.
      if (isIdle && idle.length < connectionsAtMost) idle.push(session);
      else await session.endSession();
    }
  };
}

/** One by itself has no transactions: it would look ready, and fail at whatever needs one. */
async function refuseStandalone(client: MongoClient): Promise<void> {
  const { setName, msg } = await client.db('admin').command({ hello: 1 });
  if (setName === undefined && msg !== 'isdbgrid') throw new Error('it is no replica set');
}

/** The log's own UUID: a database that is made anew, or a copy of one, has another. */
async function deploymentOf(db: Db): Promise<string> {
  const [log] = await db.listCollections({ name: 'log' }, { nameOnly: false }).toArray();
  // What only speaks like MongoDB may have none.
  return log?.info?.uuid?.toUUID().toHexString(false) ?? db.databaseName;
}

/** Rejects, naming the hosts, when the database cannot be reached or is no replica set. */
export async function connect(url: string): Promise<Connection> {
  const client = new MongoClient(url, options);
  try {
    await client.connect();
    await refuseStandalone(client);
    const db = databaseOf(client, url);
    await prepare(db);
    const collections = collectionsOf(db);
    const inSession = sessionsOf(client);
    return {
      collections,
      deployment: await deploymentOf(db),
      hasKeyIndex: await hasKeyIndex(collections.log),
      inSession,
      transact: (work) => {
        const deadline = performance.now() + operationTimeoutMs;
        // The driver would go on for two minutes, long after the caller was told that it failed.
        const attempt = async (session: ClientSession) => {
          if (performance.now() > deadline) throw new StoreAway('a transaction found others in its way for too long');
          return work(session);
        };
        return inSession((session) => session.withTransaction(attempt));
      },
      close: () => client.close(),
    };
  } catch (cause) {
    await client.close();
    const hosts = client.options.hosts.map(String).join(', ') || client.options.srvHost;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`cannot use the database at ${hosts}: ${reason}`, { cause });
  }
}

export const duplicateKey = 11_000;

export function isDuplicate(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === duplicateKey;
}

/** Of upserts that may meet another instance's of the same documents: where that was first, the second try finds them made. */
export async function upsert(write: () => Promise<unknown>): Promise<void> {
  await write().catch((error: unknown) => (isDuplicate(error) ? write() : Promise.reject(error)));
}
