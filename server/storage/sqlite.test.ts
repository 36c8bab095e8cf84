import { join } from 'node:path';
import { removeDir, tempDir } from '../../test/services/process.ts';
import { openStorage } from './open-storage.ts';
import { storageSuite } from './storage-suite.ts';

storageSuite('the embedded store', async () => {
  const directory = tempDir('sqlite');
  const url = `file:${join(directory, 'data/chat.db')}`;
  let storage = await openStorage(url);
  return {
    storage,
    async reopen() {
      await storage.close();
      storage = await openStorage(url);
      return storage;
    },
    async destroy() {
      await storage.close();
      removeDir(directory);
    },
  };
});
