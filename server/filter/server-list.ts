import { readFileSync, type Stats, unwatchFile, watchFile } from 'node:fs';
import { dirname, join } from 'node:path';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { ChannelFilter } from '../../protocol/entities.ts';
import { ConfigError } from '../config.ts';
import type { Log } from '../logger.ts';
import { pathOf } from '../storage/open-storage.ts';

/** As a channel's own, with as many words as the operator likes. */
const ServerFilter = Compile(
  Type.Object({
    ...ChannelFilter.properties,
    words: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 100_000 })),
  }),
);

const fileName = 'filter.json';
const lookEveryMs = 5_000;
/** No such file; or what should be its folder is none, which the database then says in its own words. */
const notThere: readonly unknown[] = ['ENOENT', 'ENOTDIR'];

/** Beside the embedded database; with MongoDB, where that would be by default. */
export function filterFile(databaseUrl: string): string {
  return databaseUrl.startsWith('file:') ? join(dirname(pathOf(databaseUrl)), fileName) : join('data', fileName);
}

/**
 * The operator's words for all channels, from a file that may come, change and go while the server runs.
 * @throws ConfigError where it is there at the start and cannot be used
 */
export function serverList(file: string, log: Pick<Log, 'info' | 'warn'>) {
  let current = read(file);
  const look = (now: Stats, before: Stats) => {
    // A file that is not there is reported once, without having changed.
    if (now.mtimeMs === before.mtimeMs && now.ino === before.ino) return;
    try {
      current = read(file);
      log.info({ words: current?.words?.length ?? 0 }, 'the word list was read');
    } catch (error) {
      // The old words hold on: a slip of the pen must not open the doors.
      log.warn({ err: error }, 'the word list has a mistake and was not taken');
    }
  };
  watchFile(file, { interval: lookEveryMs, persistent: false }, look);
  return { current: () => current, close: () => unwatchFile(file, look) };
}

function read(file: string): ChannelFilter | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && notThere.includes(error.code)) return undefined;
    throw problem(file, 'cannot be read');
  }
  const list = parsed(text);
  if (!ServerFilter.Check(list)) throw problem(file, 'is not { "action", "english", "words" }');
  return list;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problem(file: string, what: string): ConfigError {
  return new ConfigError('DATABASE_URL', `the word list beside the database, ${file}, ${what}`);
}
