import { readFileSync } from 'node:fs';
import Database from 'libsql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestClient } from '../client.ts';
import { type Instance, startInstance } from '../instance.ts';
import { removeDir, tempDir } from '../services/process.ts';
import { token } from '../tokens.ts';

let data: string;
let server: Instance;

beforeAll(async () => {
  data = tempDir('health');
  server = await startInstance({ data, env: { REGION: 'north' } });
});
afterAll(async () => {
  await server.remove();
  removeDir(data);
});

const status = async (path: string) => (await fetch(new URL(path, server.url))).status;

test('R13 R17: while the store cannot write, the server is alive but not ready, and acks nothing; then it heals by itself', async () => {
  const alice = await new TestClient(server.url, token({ sub: 'alice', meetings: ['m'] })).connected();
  await alice.send('m', 'before');
  expect([await status('health/live'), await status('health/ready')]).toEqual([200, 200]);

  const other = new Database(`${data}/chat.db`);
  other.exec('BEGIN IMMEDIATE');
  expect([await status('health/live'), await status('health/ready')]).toEqual([200, 503]);
  expect(await alice.ask('send', { channel: 'm', key: 'during', text: 'during' })).toEqual({
    ok: false,
    error: { code: 'unavailable', message: expect.any(String), retryAfterMs: expect.any(Number) },
  });
  other.exec('ROLLBACK');
  other.close();

  await expect.poll(() => status('health/ready')).toBe(200);
  await alice.send('m', 'during', 'during');
  const texts = (await alice.log('m')).map((entry) => entry.type === 'message' && entry.text);
  expect(texts).toEqual(['before', 'during']);
  alice.close();
});

test('the figures are there for Prometheus: those that the docs name, what was committed, and which instance this is', async () => {
  const figures = await (await fetch(new URL('metrics', server.url))).text();
  expect(figures).toMatch(/^meeting_chat_entries_committed_total 2$/m);
  expect(figures).toMatch(/^process_cpu_user_seconds_total /m);
  expect(figures).toMatch(/^meeting_chat_info\{version="[^"]+",region="north"\} 1$/m);
  const operations = readFileSync('docs/operations.md', 'utf8');
  for (const name of new Set(operations.match(/(?<=`)meeting_chat_[a-z_]+(?=`)/g)))
    expect(figures).toContain(`# TYPE ${name} `);
  // One that came with its first fault would be no increase to who watches for one.
  for (const where of ['send', 'http', '/channels/:id', 'widget'])
    expect(figures).toContain(`meeting_chat_faults_total{where="${where}"} 0\n`);
  // One for each of the widget's hundreds of files would bury them.
  expect(figures).not.toMatch(/where="[^"]*\.(js|br|gz)"/);
});
