import { expect, test } from 'vitest';
import { passingCaller } from '../auth/caller.ts';
import { identityOf } from '../auth/identity.ts';
import { PasscodeTries, triesAllowed } from '../auth/passcode-tries.ts';
import type { Storage } from '../storage/storage.ts';
import { StoreAway } from '../storage/store-away.ts';
import { Mentions } from './mentions.ts';
import { enterByPasscode } from './passcode-entry.ts';

test('R27: a passcode that could not be looked at, because the store was away, is no wrong one', async () => {
  const away = async () => {
    throw new StoreAway('away');
  };
  const storage = { channels: { get: away, member: away } } as unknown as Storage;
  const now = () => 1_000;
  const parts = { storage, mentions: new Mentions(storage, now), passcodeTries: new PasscodeTries(now), now };
  const bob = passingCaller(identityOf({ sub: 'bob', exp: 2 }), async () => []);
  for (let i = 0; i <= triesAllowed.perUser; i += 1)
    await expect(enterByPasscode(parts, bob, 'group', 'open sesame')).rejects.toBeInstanceOf(StoreAway);
});
