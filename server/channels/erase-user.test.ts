import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeDir, tempDir } from '../../test/services/process.ts';
import type { Parts } from '../commands/command.ts';
import { Committer } from '../log/committer.ts';
import { openSqlite } from '../storage/sqlite.ts';
import type { Storage } from '../storage/storage.ts';
import { channelOf, freshId } from '../storage/suite/make-suite.ts';
import { eraseUser } from './erase-user.ts';

const silent = { info() {}, warn() {}, error() {}, debug() {} };
const nothing = () => {};
const folder = tempDir('erase-user');
let storage: Storage;
beforeAll(async () => {
  storage = await openSqlite(`${folder}/chat.db`);
});
afterAll(async () => {
  await storage.close();
  removeDir(folder);
});

test('R43: a user is erased though a message of theirs goes in the same moment, with its channel or by its age', async () => {
  const user = freshId('user');
  const sender = { id: user, name: 'Mallory' };
  const [going, staying] = [
    await channelOf(storage.log, ['one'], { sender }),
    await channelOf(storage.log, ['two'], { sender }),
  ];
  const log: Storage['log'] = {
    ...storage.log,
    async writtenBy(...asked) {
      const written = await storage.log.writtenBy(...asked);
      await storage.channels.remove(going);
      return written;
    },
  };
  const committer = new Committer({
    store: storage.log,
    log: silent,
    now: Date.now,
    nextId: () => '1',
    committed: nothing,
    lost: nothing,
    uncertain: nothing,
    observe: nothing,
  });
  const parts = {
    storage: { ...storage, log },
    committer,
    live: { removed: nothing, held: nothing },
    people: { flush: async () => {}, removed: nothing },
    profiles: { forget: nothing },
    receipts: { forget: nothing },
  } as unknown as Parts;
  await eraseUser(parts, user);
  expect(await storage.log.after(staying, 0, 10)).toMatchObject([
    { text: '', sender: { name: '' } },
    { type: 'delete' },
  ]);
});
