import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ServiceMissing } from './process.ts';

/** The first of these that can be run: a path, or a name that is looked up on the PATH. */
export function findProgram(...candidates: readonly (string | undefined)[]): string | undefined {
  for (const candidate of candidates) {
    if (!candidate) continue;
    const found = candidate.includes('/') ? [candidate] : folders().map((folder) => join(folder, candidate));
    const program = found.find(isProgram);
    if (program !== undefined) return program;
  }
  return undefined;
}

/** @throws ServiceMissing with how to get it */
export function needProgram(advice: string, ...candidates: readonly (string | undefined)[]): string {
  const program = findProgram(...candidates);
  if (program === undefined) throw new ServiceMissing(advice);
  return program;
}

function folders(): string[] {
  // A plain user's PATH lacks sbin, where Debian puts servers.
  return [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'].filter((folder) => folder !== '');
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
