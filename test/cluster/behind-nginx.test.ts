import { expect, onTestFinished, test } from 'vitest';
import { TestClient } from '../client.ts';
import { startCluster } from '../cluster.ts';
import { documented, startNginx } from '../services/nginx.ts';
import { withService } from '../services/process.ts';
import { token } from '../tokens.ts';

test('two instances behind nginx, as docs/operations.md configures it: over both transports, and without the metrics', async (context) => {
  const cluster = await withService(() => startCluster({ instances: 2 }));
  if (cluster === undefined) return context.skip();
  onTestFinished(() => cluster.stop());
  const hosts = cluster.instances.map(({ url }) => new URL(url).host);
  const nginx = await withService(() => startNginx((port) => documented(port, hosts)));
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
