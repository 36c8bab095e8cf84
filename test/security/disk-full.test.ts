import { afterAll, expect, test } from 'vitest';
import { TestClient } from '../client.ts';
import { type Instance, startInstance } from '../instance.ts';
import { withService } from '../services/process.ts';
import { token } from '../tokens.ts';
import { smallDisk } from './small-disk.ts';

const disk = await withService(smallDisk);
let server: Instance | undefined;
let alice: TestClient | undefined;
afterAll(async () => {
  alice?.close();
  await server?.remove();
  disk?.remove();
});

test.skipIf(disk === undefined)('line 9: a full disk: no ack, a clear refusal, and it heals', async () => {
  if (disk === undefined) return;
  server = await startInstance({ data: disk.folder });
  const { url } = server;
  const { pid } = server.process;
  const client = await new TestClient(url, token({ sub: 'alice', meetings: ['m'] })).connected();
  alice = client;
  await client.command('join', { channel: 'm' });
  const say = (key: string) => client.ask('send', { channel: 'm', key, text: `${key} ${'x'.repeat(9_000)}` });
  const acked: string[] = [];
  for (let i = 0; i < 5; i += 1) if ((await say(`before-${i}`)).ok) acked.push(`before-${i}`);
  expect(acked.length).toBe(5);

  disk.fill(pid);
  const refused: string[] = [];
  for (let i = 0; i < 100 && refused.length < 20; i += 1) {
    const answer = await say(`full-${i}`);
    if (answer.ok) acked.push(`full-${i}`);
    else {
      expect(answer.error).toMatchObject({ code: 'unavailable', message: expect.stringMatching(/./) });
      expect(answer.error.retryAfterMs).toBeGreaterThan(0);
      refused.push(`full-${i}`);
    }
  }
  expect(refused.length).toBe(20);
  const ready = await fetch(new URL('health/ready', url));
  expect(ready.status).toBe(503);
  expect(await ready.text()).not.toMatch(/SQLITE|\/tmp/);
  expect((await fetch(new URL('health/live', url))).status).toBe(200);

  disk.free(pid);
  await expect.poll(async () => (await fetch(new URL('health/ready', url))).status).toBe(200);
  // The same keys again, as a client sends them: each is one message.
  for (const key of refused) expect((await say(key)).ok).toBe(true);
  const keys = (await client.log('m')).flatMap((entry) => (entry.type === 'message' ? [entry.key] : []));
  expect(keys).toEqual([...acked, ...refused]);
});

test.skipIf(disk === undefined)(
  'R18: SIGTERM on a full disk: status 0, and what was acked is there at the next start',
  async () => {
    if (disk === undefined || server === undefined || alice === undefined) return;
    const { pid } = server.process;
    // In the write-ahead log, and in the database only when that is emptied.
    for (let i = 0; i < 20; i += 1) await alice.send('m', `last ${i} ${'x'.repeat(9_000)}`);
    const before = await alice.log('m');
    disk.fill(pid);
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    disk.free(pid);
    server = await server.again();
    alice.socket.connect();
    expect(await alice.log('m')).toEqual(before);
  },
);
