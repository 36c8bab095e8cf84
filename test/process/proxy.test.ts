import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Entry } from '../../protocol/entities.ts';
import { TestClient } from '../client.ts';
import { RawWebSocket } from '../fuzz/raw-websocket.ts';
import { type Instance, startInstance } from '../instance.ts';
import { documented, startNginx } from '../services/nginx.ts';
import { freePort, withService } from '../services/process.ts';
import { token } from '../tokens.ts';

const upstream = await freePort();
const nginx = await withService(() => startNginx(endingTls));

/** As documented; the browser's side of it is said to be TLS. */
function endingTls(port: number): string {
  return documented(port, [`127.0.0.1:${upstream}`]).replace('$scheme', 'https');
}

describe.skipIf(!nginx)('Behind nginx', () => {
  const url = nginx?.url ?? '';
  const clients: TestClient[] = [];
  let server: Instance;
  beforeAll(async () => {
    server = await startInstance({ port: upstream });
    for (const [sub, transport] of [
      ['alice', 'websocket'],
      ['bob', 'polling'],
    ] as const)
      clients.push(await new TestClient(url, token({ sub, meetings: ['m'] }), [transport]).connected());
  });
  afterAll(async () => {
    for (const client of clients) client.close();
    await server.remove();
    await nginx?.stop();
  });

  test('two talk to each other, one over WebSocket and one over long-polling', async () => {
    const heard = clients.map((client) => {
      const texts: string[] = [];
      const hear = (entry: Entry) => entry.type === 'message' && texts.push(entry.text);
      client.socket.on('entries', ({ entries }) => void entries.forEach(hear));
      return texts;
    });
    for (const client of clients) await client.command('join', { channel: 'm' });
    for (const [i, client] of clients.entries()) await client.send('m', `message ${i + 1}`);
    for (const texts of heard) await expect.poll(() => texts).toEqual(['message 1', 'message 2']);
  });

  test('R41: the server’s own origin is the one that the proxy says, over WebSocket, long-polling and HTTP', async () => {
    const statuses = async (origin: string) => {
      const webSocket = await RawWebSocket.open(`${url}/`, { headers: [`origin: ${origin}`] });
      await webSocket.close();
      const others = ['socket.io/?EIO=4&transport=polling', 'health/ready'].map(
        async (path) => (await fetch(`${url}/${path}`, { headers: { origin } })).status,
      );
      return [Number(webSocket.status.split(' ')[1]), ...(await Promise.all(others))];
    };
    expect(await statuses(url.replace('http:', 'https:'))).toEqual([101, 200, 200]);
    expect(await statuses(url)).toEqual([400, 403, 403]);
    const { headers } = await fetch(`${url}/health/live`);
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d+/);
  });
});
