import type { OutboxItem } from './outbox-item.ts';
import type { OutboxAddress, OutboxStorage } from './outbox-storage.ts';

type Written = { address: OutboxAddress; item: OutboxItem };

/**
 * Writes each item down at once, until the storage behind it has it: a page that is reloaded in the moment after Enter must
 * find the message that it has already shown. Where there is no such memory, the storage is on its own.
 * @param memory synchronous, and the same after a reload; the prefix keeps it apart from what the page has there
 */
export function journaled(
  storage: OutboxStorage,
  memory: () => Pick<Storage, 'setItem' | 'removeItem'> & { [name: string]: unknown } = () => localStorage,
  prefix = 'meeting-chat outbox ',
): OutboxStorage {
  const attempt = (task: (journal: ReturnType<typeof memory>) => void) => {
    try {
      task(memory());
    } catch {
      // Denied or full: as it was without a journal.
    }
  };
  const erase = (key: string) => attempt((journal) => journal.removeItem(prefix + key));
  return {
    async load(address) {
      const kept = new Map((await storage.load(address)).map((item) => [item.key, item]));
      attempt((journal) => {
        for (const name of Object.keys(journal).filter((name) => name.startsWith(prefix))) {
          const { address: of, item } = JSON.parse(String(journal[name])) as Written;
          if (of.server === address.server && of.user === address.user && of.channel === address.channel)
            kept.set(item.key, item);
        }
      });
      return [...kept.values()].sort((a, b) => a.createdAt - b.createdAt);
    },
    async put(address, item) {
      attempt((journal) => journal.setItem(prefix + item.key, JSON.stringify({ address, item } satisfies Written)));
      await storage.put(address, item);
      erase(item.key);
    },
    async remove(key) {
      erase(key);
      await storage.remove(key);
    },
  };
}
