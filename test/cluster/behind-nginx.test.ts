import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { TestClient } from '../client.ts';
import { startCluster } from '../cluster.ts';
import { startNginx } from '../services/nginx.ts';
import { withService } from '../services/process.ts';
import { token } from '../tokens.ts';

/** The configuration that operations.md gives, for these instances and without TLS. */
function documented(port: number, instances: readonly { url: string }[]): string {
  const [, snippet = ''] = /```nginx\n(.+?)```/s.exec(readFileSync('docs/operations.md', 'utf8')) ?? [];
  return snippet
    .replace(/ {2}server .*:3000;/, instances.map(({ url }) => `server ${new URL(url).host};`).join(' '))
    .replace('listen 443 ssl;', `listen 127.0.0.1:${port};`)
    .replaceAll(/^ *ssl_.*$/gm, '');
}

test('two instances behind nginx, as docs/operations.md configures it: over both transports, and without the metrics', async (context) => {
  const cluster = await withService(() => startCluster({ instances: 2 }));
  if (cluster === undefined) return context.skip();
  onTestFinished(() => cluster.stop());
  const nginx = await withService(() => startNginx((port) => documented(port, cluster.instances)));
  if (nginx === undefined) return context.skip();
  onTestFinished(() => nginx.stop());
  const jwt = token({ sub: 'alice', meetings: ['m'] });
  const clients = ['polling', 'websocket'].map((transport) => new TestClient(nginx.url, jwt, [transport]));
  for (const client of clients) {
    onTestFinished(() => client.close());
    await client.connected();
    await client.send('m', 'hello');
  }
  expect(await clients[0]?.log('m')).toHaveLength(2);
  // A page that the server itself serves, such as the demo's: it must know its own origin.
  const ask = (path: string) => fetch(`${nginx.url}/${path}`, { headers: { origin: nginx.url } });
  expect((await ask('health/ready')).status).toBe(200);
  expect((await ask('metrics')).status).toBe(404);
});
