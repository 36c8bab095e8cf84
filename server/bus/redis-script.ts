import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** What Redis runs as one step. */
export type Script = { text: string; sha: string };
export type Call = { keys: readonly string[]; args: readonly (string | number)[] };

export function script(text: string): Script {
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

/** Runs the script for each call, in one round trip; one more when Redis has forgotten it. Rejects when any of them fails. */
export async function runScript(client: Redis, { sha, text }: Script, calls: readonly Call[]): Promise<unknown[]> {
  if (calls.length === 0) return [];
  const pipeline = client.pipeline();
  for (const { keys, args } of calls) pipeline.evalsha(sha, keys.length, ...keys, ...args);
  const results = (await pipeline.exec()) ?? [];
  const forgotten = calls.filter((_, i) => results[i]?.[0]?.message.startsWith('NOSCRIPT'));
  const failure = results.find(([error]) => error !== null && !error.message.startsWith('NOSCRIPT'))?.[0];
  if (failure) throw failure;
  if (forgotten.length === 0) return results.map(([, result]) => result);
  await client.script('LOAD', text);
  return runScript(client, { sha, text }, calls);
}
