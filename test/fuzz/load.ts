import { readdirSync, readFileSync } from 'node:fs';
import type { Instance } from '../instance.ts';

const pageBytes = 4_096;

/** Bytes of real memory that the process holds. */
export function memoryOf({ process: { pid } }: Instance): number {
  return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * pageBytes;
}

/** How many files and sockets the process holds open. */
export function descriptorsOf({ process: { pid } }: Instance): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

export function megabytes(bytes: number): number {
  return Math.round(bytes / 100_000) / 10;
}
