import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { ServiceMissing, tempDir } from '../services/process.ts';

/** A folder whose disk a test can fill up and free again. */
export interface SmallDisk {
  readonly folder: string;
  /** Nothing more fits, for this process. */
  fill(pid: number): void;
  free(pid: number): void;
  remove(): void;
}

/**
 * A file system of 16 MB of its own; where none may be mounted, a limit on the size of the process's files.
 * @throws ServiceMissing
 */
export async function smallDisk(): Promise<SmallDisk> {
  const folder = tempDir('disk');
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return limitedFiles(folder);
  }
  let isMounted = true;
  const unmount = () => {
    if (isMounted) execFileSync('umount', ['--lazy', folder], { stdio: 'ignore' });
    isMounted = false;
  };
  // A run that is cut short leaves no mount either.
  process.once('exit', unmount);
  return {
    folder: `${folder}/data`,
    fill: () => fillUp(`${folder}/ballast`),
    free: () => rmSync(`${folder}/ballast`),
    remove() {
      unmount();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function fillUp(file: string): void {
  const ballast = openSync(file, 'w');
  for (const size of [1_000_000, 4_096, 1]) {
    try {
      for (;;) writeSync(ballast, Buffer.alloc(size));
    } catch {
      // Full, for pieces of this size.
    }
  }
  closeSync(ballast);
}

function limitedFiles(folder: string): SmallDisk {
  const limit = (pid: number, bytes: string) => {
    try {
      execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`], { stdio: 'ignore' });
    } catch {
      throw new ServiceMissing('no small disk: neither mount nor prlimit is allowed here');
    }
  };
  limit(process.pid, 'unlimited');
  return {
    folder,
    fill: (pid) => limit(pid, String(statSync(`${folder}/chat.db-wal`).size)),
    free: (pid) => limit(pid, 'unlimited'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
