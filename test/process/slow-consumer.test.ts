import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestClient } from '../client.ts';
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

async function figure(name: string): Promise<number> {
  const metrics = await (await fetch(`${instance.url}metrics`)).text();
  return Number(
    metrics
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.split(' ')[1] ?? 0,
  );
}
const closedAsSlow = () => figure('meeting_chat_closed_total{code="slow_consumer"}');

describe('A reader who takes nothing', () => {
  it('is closed before it fills the memory, while the others get everything', async () => {
    const [alice, bob, carol] = await Promise.all([clientOf('alice'), clientOf('bob'), clientOf('carol')]);
    for (const client of [alice, bob, carol]) await client.command('join', { channel: 'standup' });
    const seen: number[] = [];
    bob.socket.on('entries', ({ entries }) => seen.push(...entries.map(({ seq }) => seq)));
    freeze(carol);

    const text = 'word '.repeat(1_900);
    let sent = 0;
    // The system's own buffers take a few megabytes first.
    while ((await closedAsSlow()) === 0 && sent < 10_000) {
      await Promise.all(Array.from({ length: 50 }, () => alice.send('standup', text)));
      sent += 50;
    }
    expect(await closedAsSlow()).toBe(1);
    await expect.poll(() => seen.length).toBe(sent);
    expect(seen).toEqual(Array.from({ length: sent }, (_, i) => i + 1));
    for (const client of [alice, bob, carol]) client.close();
  });

  it('is cut off soon after, also where the connection began with long-polling', async () => {
    const [alice, bob] = await Promise.all([clientOf('alice'), clientOf('bob', ['polling', 'websocket'])]);
    for (const client of [alice, bob]) await client.command('join', { channel: 'standup' });
    await expect.poll(() => bob.socket.io.engine.transport.name).toBe('websocket');
    const [connections, slow] = [await figure('meeting_chat_connections'), await closedAsSlow()];
    bob.socket.io.reconnection(false);
    freeze(bob);
    const text = 'word '.repeat(1_900);
    for (let sent = 0; (await closedAsSlow()) === slow && sent < 10_000; sent += 50) {
      await Promise.all(Array.from({ length: 50 }, () => alice.send('standup', text)));
    }
    await expect.poll(() => figure('meeting_chat_connections'), { timeout: 15_000 }).toBe(connections - 1);
    for (const client of [alice, bob]) client.close();
  }, 60_000);
});
