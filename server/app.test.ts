import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { removeDir, tempDir } from '../test/services/process.ts';
import { secret } from '../test/tokens.ts';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';

let folder: string;
beforeEach(() => {
  folder = tempDir('app');
});
afterEach(() => removeDir(folder));

const configFor = (port: number) =>
  readConfig(
    {
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: `file:${folder}/chat.db`,
      JWT_SECRET: secret,
      LOG_LEVEL: 'silent',
    },
    { demo: false },
  );

describe('An app that could not start has let go of its database, and another one starts on it', () => {
  test('where its port was in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(createApp(configFor(port))).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await (await createApp(configFor(0))).close();
    other.close();
  });

  test('where the word list beside the database had a mistake', async () => {
    const list = join(folder, 'filter.json');
    writeFileSync(list, '{');
    await expect(createApp(configFor(0))).rejects.toThrow(list);
    rmSync(list);
    await (await createApp(configFor(0))).close();
  });
});
