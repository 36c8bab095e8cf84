import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestClient } from '../client.ts';
import { figure } from '../figure.ts';
import { type Instance, startInstance } from '../instance.ts';
import { token } from '../tokens.ts';

let instance: Instance;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance?.remove());

const clientOf = (user: string, transports?: string[]) =>
  new TestClient(instance.url, token({ sub: user, meetings: ['standup'] }), transports).connected();

/** Stops reading, as a laptop does whose lid is closed: the network is up, and takes nothing. */
function freeze(client: TestClient): void {
  const { transport } = client.socket.io.engine;
  const { ws } = transport as unknown as { ws: { _socket: { pause(): void } } };
  ws._socket.pause();
}

const closedAsSlow = () => figure(instance.url, 'meeting_chat_closed_total{code="slow_consumer"}');
const connections = () => figure(instance.url, 'meeting_chat_connections');

/** Writes until one more is closed as slow; how many it took. The system's own buffers take a few megabytes first. */
async function flood(writer: TestClient): Promise<number> {
  const text = 'word '.repeat(1_900);
  const before = await closedAsSlow();
  let sent = 0;
  while ((await closedAsSlow()) === before && sent < 10_000) {
    await Promise.all(Array.from({ length: 50 }, () => writer.send('standup', text)));
    sent += 50;
  }
  expect(await closedAsSlow()).toBe(before + 1);
  return sent;
}

describe('A reader who takes nothing', () => {
  it('is closed before it fills the memory, while the others get everything', async () => {
    const [alice, bob, carol] = await Promise.all([clientOf('alice'), clientOf('bob'), clientOf('carol')]);
    for (const client of [alice, bob, carol]) await client.command('join', { channel: 'standup' });
    const seen: number[] = [];
    bob.socket.on('entries', ({ entries }) => seen.push(...entries.map(({ seq }) => seq)));
    freeze(carol);
    const sent = await flood(alice);
    await expect.poll(() => seen.length).toBe(sent);
    expect(seen).toEqual(Array.from({ length: sent }, (_, i) => i + 1));
    for (const client of [alice, bob, carol]) client.close();
  });

  it('is cut off soon after, also where the connection began with long-polling', async () => {
    const [alice, bob] = await Promise.all([clientOf('alice'), clientOf('bob', ['polling', 'websocket'])]);
    for (const client of [alice, bob]) await client.command('join', { channel: 'standup' });
    await expect.poll(() => bob.socket.io.engine.transport.name).toBe('websocket');
    const before = await connections();
    bob.socket.io.reconnection(false);
    freeze(bob);
    await flood(alice);
    await expect.poll(connections, { timeout: 15_000 }).toBe(before - 1);
    for (const client of [alice, bob]) client.close();
  }, 60_000);
});
