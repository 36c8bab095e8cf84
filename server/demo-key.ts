import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ConfigError } from './config.ts';
import { makeFolder } from './storage/folder.ts';
import { pathOf } from './storage/open-storage.ts';

/**
 * The key of demo mode: beside the embedded store, so that the visitors' tokens outlive a restart as their messages do;
 * for another store, one of this process alone.
 */
export async function demoKey(databaseUrl: string): Promise<string> {
  const fresh = randomBytes(32).toString('base64url');
  if (!databaseUrl.startsWith('file:')) return fresh;
  const path = join(dirname(pathOf(databaseUrl)), 'demo.key');
  try {
    makeFolder(dirname(path));
    await writeFile(path, fresh, { mode: 0o600, flag: 'wx' });
    return fresh;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return readFile(path, 'utf8');
    throw new ConfigError(
      'DATABASE_URL',
      `cannot write to ${dirname(path)}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
