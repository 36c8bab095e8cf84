import { type ClientSession, type Db, MongoClient, type MongoClientOptions, MongoServerError } from 'mongodb';
import { type Collections, collectionsOf } from './collections.ts';
import { prepare } from './schema.ts';

/** What every part of the store works with. */
export type Connection = {
  collections: Collections;
  /** All of it or nothing; done anew when another transaction was in the way, so `work` must bear being repeated. */
  transact<Result>(work: (session: ClientSession) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
};

/** The longest that a call takes; a frozen server must not hold its callers. */
export const operationTimeoutMs = 5_000;

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
  maxPoolSize: 20,
};

const defaultDatabase = 'meeting-chat';

function databaseOf(client: MongoClient, url: string): Db {
  const named = /^mongodb(?:\+srv)?:\/\/[^/?]+\/[^/?]+/.test(url);
  return client.db(named ? undefined : defaultDatabase);
}

/** Rejects, naming the hosts, when the database cannot be reached or is no replica set. */
export async function connect(url: string): Promise<Connection> {
  const client = new MongoClient(url, options);
  try {
    await client.connect();
    const db = databaseOf(client, url);
    await prepare(db);
    return {
      collections: collectionsOf(db),
      transact: (work) => {
        const deadline = performance.now() + operationTimeoutMs;
        // The driver would go on for two minutes, long after the caller was told that it failed.
        const attempt = async (session: ClientSession) => {
          if (performance.now() > deadline) throw new Error('a transaction found others in its way for too long');
          return work(session);
        };
        return client.withSession((session) => session.withTransaction(attempt));
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
