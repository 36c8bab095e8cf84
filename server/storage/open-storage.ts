import { fileURLToPath } from 'node:url';
import type { Storage } from './storage.ts';

/** `file:./data/chat.db` is relative to the working folder; `file:///srv/chat.db` is a URL like any other. */
export function pathOf(databaseUrl: string): string {
  return databaseUrl.startsWith('file://') ? fileURLToPath(databaseUrl) : databaseUrl.slice('file:'.length);
}

/** Opens the store that the URL names; rejects with an error that says which when that cannot be done. */
export async function openStorage(databaseUrl: string): Promise<Storage> {
  // Imported when wanted: neither store's driver is loaded, or needed, beside the other's.
  if (databaseUrl.startsWith('file:')) {
    const { openSqlite } = await import('./sqlite.ts');
    return openSqlite(pathOf(databaseUrl));
  }
  if (/^mongodb(\+srv)?:/.test(databaseUrl)) {
    const { openMongo } = await import('./mongo.ts');
    return openMongo(databaseUrl);
  }
  throw new Error(`there is no store for URLs of the kind ${databaseUrl.split(':')[0]}:`);
}
