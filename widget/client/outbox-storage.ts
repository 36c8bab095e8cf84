import type { OutboxItem } from './outbox-item.ts';

/** Whose messages, and where to. */
export type OutboxAddress = { server: string; user: string; channel: string };

/** Keeps the outbox over a reload of the page. */
export interface OutboxStorage {
  /** All items of that address, oldest first. */
  load(address: OutboxAddress): Promise<OutboxItem[]>;
  /** Resolves when the item, new or changed, will be there after a reload. */
  put(address: OutboxAddress, item: OutboxItem): Promise<void>;
  /** Idempotent. */
  remove(key: string): Promise<void>;
}

/** Keeps the outbox for as long as the page lives: where the browser has no storage for this page. */
export function memoryOutbox(): OutboxStorage {
  const records = new Map<string, { address: OutboxAddress; item: OutboxItem }>();
  return {
    async load({ server, user, channel }) {
      return [...records.values()]
        .filter(({ address: a }) => a.server === server && a.user === user && a.channel === channel)
        .map(({ item }) => item)
        .sort((a, b) => a.createdAt - b.createdAt);
    },
    async put(address, item) {
      records.set(item.key, { address, item });
    },
    async remove(key) {
      records.delete(key);
    },
  };
}
