import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestClient } from '../client.ts';
import { type Instance, startInstance } from '../instance.ts';
import { token } from '../tokens.ts';

let instance: Instance;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance?.remove());

const clientOf = (user: string) =>
  new TestClient(instance.url, token({ sub: user, meetings: ['standup'] })).connected();

/** Stops reading, as a laptop does whose lid is closed: the network is up, and takes nothing. */
function freeze(client: TestClient): void {
  const { transport } = client.socket.io.engine;
  const { ws } = transport as unknown as { ws: { _socket: { pause(): void } } };
  ws._socket.pause();
}

async function closedAsSlow(): Promise<boolean> {
  const metrics = await (await fetch(`${instance.url}metrics`)).text();
  return metrics.includes('meeting_chat_closed_total{code="slow_consumer"} 1');
}

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
    while (!(await closedAsSlow()) && sent < 10_000) {
      await Promise.all(Array.from({ length: 50 }, () => alice.send('standup', text)));
      sent += 50;
    }
    expect(await closedAsSlow()).toBe(true);
    await expect.poll(() => seen.length).toBe(sent);
    expect(seen).toEqual(Array.from({ length: sent }, (_, i) => i + 1));
    for (const client of [alice, bob, carol]) client.close();
  });
});
