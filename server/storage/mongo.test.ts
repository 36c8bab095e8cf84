import { afterAll, describe } from 'vitest';
import { databaseIn, findMongo } from '../../test/services/mongod.ts';
import { withService } from '../../test/services/process.ts';
import { openStorage } from './open-storage.ts';
import { storageSuite } from './storage-suite.ts';

const mongo = await withService(findMongo);

describe.skipIf(!mongo)('with mongod', () => {
  afterAll(() => mongo?.stop());

  storageSuite('the MongoDB store', async () => {
    const { url, drop } = databaseIn(mongo?.url ?? '');
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
        await drop();
      },
    };
  });
});
