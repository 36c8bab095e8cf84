import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { removeDir, tempDir } from '../test/services/process.ts';
import { secret } from '../test/tokens.ts';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';

test('an app that could not have its port has let go of its database: another one starts on it', async () => {
  const folder = tempDir('app');
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
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
  try {
    const { port } = other.address() as AddressInfo;
    await expect(createApp(configFor(port))).rejects.toMatchObject({ code: 'EADDRINUSE' });
    const app = await createApp(configFor(0));
    await app.close();
  } finally {
    other.close();
    removeDir(folder);
  }
});
