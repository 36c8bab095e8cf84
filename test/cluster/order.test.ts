import { afterAll, describe, expect, test } from 'vitest';
import type { Entry } from '../../protocol/entities.ts';
import { TestClient } from '../client.ts';
import { startCluster } from '../cluster.ts';
import { withService } from '../services/process.ts';
import { token } from '../tokens.ts';

const cluster = await withService(() => startCluster({ instances: 3 }));
afterAll(() => cluster?.stop());
const urls = cluster?.instances.map(({ url }) => url) ?? [];

const users = 20;
/** Of each sender, all at once: as fast as the wire takes them. */
const messages = 100;

/** A user who writes and reads; resolves `complete` when the whole log was delivered, live. */
async function enter(channel: string, i: number) {
  const client = new TestClient(urls[i % urls.length] ?? '', token({ sub: `user-${i}`, meetings: [channel] }));
  await client.connected();
  const seen: Entry[] = [];
  const complete = new Promise<void>((resolve) => {
    client.socket.on('entries', ({ entries }) => {
      seen.push(...entries);
      if (seen.length === users * messages) resolve();
    });
  });
  await client.command('join', { channel, since: 0 });
  return { client, seen, complete, name: `user-${i}` };
}

describe.skipIf(cluster === undefined)('One channel over three instances', () => {
  test('R2 R4 R5: 20 senders at full speed: 20 readers, one order, no gap, each sender in the order sent', async () => {
    const all = await Promise.all(Array.from({ length: users }, (_, i) => enter('standup', i)));
    const from = performance.now();
    const ended = new Map<string, number>();
    await Promise.all(
      all.map(async ({ client, name }) => {
        // One that is refused for a moment goes again, and those behind it with it.
        const sends = Array.from({ length: messages }, (_, n) => client.send('standup', `${n}`));
        await Promise.all(sends);
        ended.set(name, performance.now() - from);
      }),
    );
    const seconds = (performance.now() - from) / 1_000;
    const byInstance = urls.map((_, at) =>
      Math.max(...all.flatMap(({ name }, i) => (i % urls.length === at ? [ended.get(name) ?? 0] : []))),
    );
    process.stdout.write(
      `one channel, three instances: ${Math.round((users * messages) / seconds)} msg/s, done after ${byInstance.map(Math.round).join(', ')} ms\n`,
    );
    await Promise.all(all.map(({ complete }) => complete));
    for (const { client } of all) client.close();

    const [first = { seen: [] }] = all;
    expect(first.seen.map(({ seq }) => seq)).toEqual(first.seen.map((_, i) => i + 1));
    for (const { seen } of all) expect(seen).toEqual(first.seen);
    for (const { name } of all) {
      const own = first.seen.flatMap((entry) =>
        entry.type === 'message' && entry.sender.id === name ? [entry.text] : [],
      );
      expect(own).toEqual(Array.from({ length: messages }, (_, n) => `${n}`));
    }
  });
});
