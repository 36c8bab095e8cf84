import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { figure } from '../figure.ts';
import { descriptorsOf, megabytes, memoryOf } from '../fuzz/load.ts';
import { RawWebSocket } from '../fuzz/raw-websocket.ts';
import { type Instance, startInstance } from '../instance.ts';
import { withService } from '../services/process.ts';
import { startRedis } from '../services/redis.ts';
import { token } from '../tokens.ts';

/** `npm run test:fuzz` does it at full size. */
const isLong = Number(process.env.FUZZ_SCALE ?? 1) > 1;
const idle = isLong ? 10_000 : 500;
const visits = isLong ? 30_000 : 600;

const redis = await withService(startRedis);
let server: Instance;
const begin = (env: { [variable: string]: string } = {}) =>
  startInstance({ env: { ...env, ...(redis === undefined ? {} : { REDIS_URL: redis.url }) } });
beforeAll(async () => {
  server = await begin();
});
afterAll(async () => {
  await server?.remove();
  await redis?.stop();
});

const bearer = (i: number) => token({ sub: `user-${i}`, meetings: [`m-${i % 50}`] });

/** So many at a time, that a small machine's connections do not wait for each other. */
async function each<Result>(count: number, work: (i: number) => Promise<Result>, width = 50): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < count; from += width) {
    const some = Array.from({ length: Math.min(width, count - from) }, (_, i) => work(from + i));
    results.push(...(await Promise.all(some)));
  }
  return results;
}

async function visit(i: number): Promise<void> {
  const socket = await RawWebSocket.authenticated(server.url, bearer(i % 200));
  socket.say(`421["join",{"channel":"m-${(i % 200) % 50}"}]`);
  await socket.until(() => socket.messages.some((message) => message.startsWith('431[')));
  await socket.close();
}

async function presenceKeys(): Promise<number> {
  if (redis === undefined) return 0;
  const client = new Redis(redis.url);
  const keys = await client.keys('presence:*:user:*');
  await client.quit();
  return keys.length;
}

describe('line 9: resources', () => {
  test(
    `${idle} idle connections cost little each, and are given back`,
    async () => {
      await each(100, visit);
      await expect.poll(() => figure(server.url, 'meeting_chat_connections')).toBe(0);
      const [memory, descriptors] = [memoryOf(server), descriptorsOf(server)];
      const sockets = await each(idle, (i) => RawWebSocket.authenticated(server.url, bearer(i)));
      expect(await figure(server.url, 'meeting_chat_connections')).toBe(idle);
      const perConnection = (memoryOf(server) - memory) / idle;
      console.log(
        `${idle} idle connections: ${(perConnection / 1_000).toFixed(1)} kB each, ${megabytes(memoryOf(server))} MB in all`,
      );
      expect(perConnection).toBeLessThan(100_000);
      await each(idle, (i) => sockets[i]?.close() ?? Promise.resolve());
      await expect.poll(() => figure(server.url, 'meeting_chat_connections')).toBe(0);
      await expect.poll(() => descriptorsOf(server)).toBeLessThanOrEqual(descriptors + 5);
      await expect.poll(presenceKeys).toBe(0);
    },
    isLong ? 600_000 : 120_000,
  );

  test(
    `${visits} visits leave nothing behind: no channel, descriptor or presence, and no growing heap`,
    async () => {
      // Little room for garbage: what the heap holds is what something holds on to, and a leak would end the process.
      await server.remove();
      server = await begin({ NODE_OPTIONS: '--max-old-space-size=72' });
      const heap = () => figure(server.url, 'nodejs_heap_size_used_bytes');
      const round = async () => {
        await each(visits / 3, visit);
        await expect.poll(() => figure(server.url, 'meeting_chat_connections')).toBe(0);
        // The least of some: what a collection leaves, and not what came since.
        const seen: number[] = [];
        for (let i = 0; i < 20; i += 1) seen.push(await heap());
        return Math.min(...seen);
      };
      const first = await round();
      const descriptors = descriptorsOf(server);
      const [, last] = [await round(), await round()];
      console.log(`${visits} visits: heap ${megabytes(first)} MB after a third, ${megabytes(last)} MB after all`);
      expect(last - first).toBeLessThan(12_000_000);
      await expect.poll(() => figure(server.url, 'meeting_chat_channels_open')).toBe(0);
      await expect.poll(() => descriptorsOf(server)).toBeLessThanOrEqual(descriptors + 5);
      await expect.poll(presenceKeys).toBe(0);
    },
    isLong ? 900_000 : 120_000,
  );
});
