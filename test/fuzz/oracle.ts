import { expect } from 'vitest';
import { errorCatalogue } from '../../protocol/errors.ts';
import type { Instance } from '../instance.ts';

/** What only the inside of the server could have written. */
const inside = /node_modules|node:internal|\bat .+:\d+:\d+|\.[jt]s:\d+|SQLITE_|Mongo\w*Error|TypeError|RangeError/;

/** No answer, of whatever form, shows the server's inside. */
export function expectNoInside(answer: string): void {
  expect(answer).not.toMatch(inside);
}

/** Nothing went wrong that nobody had expected: the process wrote of none, and counted none. */
export async function expectUnharmed(server: Instance): Promise<void> {
  expect(server.process.output).not.toMatch(/unhandled|uncaught|"level":(50|60)/i);
  const metrics = await (await fetch(new URL('metrics', server.url))).text();
  expect(metrics.match(/^meeting_chat_faults_total\{.* (?!0$)\S+$/gm) ?? []).toEqual([]);
}

export function isCatalogued(code: unknown): boolean {
  return typeof code === 'string' && Object.hasOwn(errorCatalogue, code);
}
