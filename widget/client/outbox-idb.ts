import type { DBSchema, IDBPDatabase } from 'idb';
import type { OutboxItem } from './outbox-item.ts';
import { memoryOutbox, type OutboxStorage } from './outbox-storage.ts';

interface OutboxSchema extends DBSchema {
  outbox: {
    key: string;
    value: OutboxItem & { server: string; user: string; channel: string };
    indexes: { address: [server: string, user: string, channel: string, createdAt: number] };
  };
}

/**
 * Keeps the outbox in IndexedDB, and in memory beside it from the first failure on: storage can be blocked, full, or
 * deleted by the user at any moment, and none of these may keep a message from being sent.
 */
export function browserOutbox(name = 'meeting-chat'): OutboxStorage {
  const memory = memoryOutbox();
  let database: Promise<IDBPDatabase<OutboxSchema> | undefined> | undefined;
  // Opened at first use only: a page on which nobody chats gets no database.
  const open = () => {
    database ??= openDatabase().catch(() => undefined);
    return database;
  };
  // The library comes when it is needed: the first chat does not wait for it. Async, so that a browser which throws at once
  // is caught like one that fails later.
  const openDatabase = async () => {
    const { openDB } = await import('idb');
    return openDB<OutboxSchema>(name, 1, {
      upgrade: (db) =>
        db
          .createObjectStore('outbox', { keyPath: 'key' })
          .createIndex('address', ['server', 'user', 'channel', 'createdAt']),
      // Another tab wants to delete or upgrade the database: a handle kept open would block it.
      blocking: (_current, _wanted, event) => event.target instanceof IDBDatabase && event.target.close(),
      terminated: () => {
        database = undefined;
      },
    });
  };
  const attempt = async <T>(task: (db: IDBPDatabase<OutboxSchema>) => Promise<T>, fallback: () => Promise<T>) => {
    const db = await open();
    return db ? task(db).catch(fallback) : fallback();
  };
  return {
    async load(address) {
      const { server, user, channel } = address;
      const range = () => IDBKeyRange.bound([server, user, channel, 0], [server, user, channel, Number.MAX_VALUE]);
      const kept = await attempt(
        (db) => db.getAllFromIndex('outbox', 'address', range()),
        async () => [],
      );
      return [...kept.map(withoutAddress), ...(await memory.load(address))];
    },
    put: (address, item) =>
      attempt(
        async (db) => {
          await db.put('outbox', { ...item, ...address });
        },
        () => memory.put(address, item),
      ),
    async remove(key) {
      await memory.remove(key);
      await attempt(
        (db) => db.delete('outbox', key),
        async () => {},
      );
    },
  };
}

function withoutAddress({ server: _, user: __, channel: ___, ...item }: OutboxSchema['outbox']['value']): OutboxItem {
  return item;
}
