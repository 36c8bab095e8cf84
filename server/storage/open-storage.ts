import { fileURLToPath } from 'node:url';
import type { Storage } from './storage.ts';

/** `file:./data/chat.db` is relative to the working folder; `file:///srv/chat.db` is a URL like any other. */
export function pathOf(databaseUrl: string): string {
  return databaseUrl.startsWith('file://') ? fileURLToPath(databaseUrl) : databaseUrl.slice('file:'.length);
}

/** Opens the store that the URL names; rejects with an error that names it when that cannot be done. */
export async function openStorage(databaseUrl: string): Promise<Storage> {
  if (databaseUrl.startsWith('file:')) {
    const { openSqlite } = await import('./sqlite.ts');
    return openSqlite(pathOf(databaseUrl));
  }
  throw new Error(`no store for ${databaseUrl.split(':')[0]}: URLs`);
}
