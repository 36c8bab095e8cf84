import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSite, type Site } from '../api/site.ts';
import { startMongod } from '../services/mongod.ts';
import { withService } from '../services/process.ts';
import { startRedis } from '../services/redis.ts';
import type { Claims } from '../tokens.ts';

const mongod = await withService(startMongod);
const redis = await withService(startRedis);

describe.runIf(mongod && redis)('what this instance remembers, and another one has changed', () => {
  let here: Site;
  let there: Site;
  beforeAll(async () => {
    const env = { DATABASE_URL: mongod?.url ?? '', REDIS_URL: redis?.url ?? '' };
    [here, there] = await Promise.all([openSite({ env }), openSite({ env })]);
  });
  afterAll(async () => {
    await Promise.all([here?.close(), there?.close()]);
    await Promise.all([mongod?.stop(), redis?.stop()]);
  });

  const asOf = (sub: string, name: string, channel: string) => ({ sub, name, meetings: [channel] });
  const channelAt = async (site: Site, who: Claims, channel: string) =>
    (await site.ask(who, 'GET', `/channels/${channel}`)).body;

  test('R32 R34 R43: who was erased there, and comes back here, has their name and their marks again', async () => {
    const channel = 'lobby';
    const [eve, kim] = [asOf('eve', 'Eve', channel), asOf('kim', 'Kim', channel)];
    const kims = await there.connect(kim);
    await kims.command('join', { channel });
    const { seq } = await kims.send(channel, 'hello');
    const visit = async () => {
      const device = await here.connect(eve);
      await device.command('join', { channel });
      await device.command('receipt', { channel, read: seq });
      device.close();
    };
    await visit();
    const stateOf = async (user: string) => (await kims.command('join', { channel })).members[user]?.state;
    await expect.poll(() => stateOf('eve')).toBe('offline');
    expect(await there.ask(eve, 'DELETE', '/users/eve')).toMatchObject({ status: 204 });
    await visit();
    expect(await channelAt(there, kim, channel)).toMatchObject({ members: { eve: { name: 'Eve' } } });
    expect(await channelAt(there, eve, channel)).toMatchObject({ unread: 0, receipt: { read: seq } });
  });

  test('R34: who was called otherwise there is called by the token that they show here', async () => {
    const channel = 'names';
    const visit = async (site: Site, name: string) => {
      const device = await site.connect(asOf('alice', name, channel));
      const { members } = await device.command('join', { channel });
      device.close();
      return members.alice?.name;
    };
    for (const name of ['Alice', 'Alicia', 'Alice']) await visit(name === 'Alicia' ? there : here, name);
    const bob = await there.connect(asOf('bob', 'Bob', channel));
    expect((await bob.command('join', { channel })).members.alice).toMatchObject({ name: 'Alice' });
  });

  test('R32: what was read of what was written there counts, though the bus has not told of it yet', async () => {
    const channel = 'dark';
    const [alice, bob] = [asOf('alice', 'Alice', channel), asOf('bob', 'Bob', channel)];
    const bobs = await here.connect(bob);
    await bobs.command('join', { channel });
    redis?.signal('SIGSTOP');
    try {
      await there.ask(alice, 'POST', `/channels/${channel}/messages`, { text: 'unheard' });
      const { messages } = await bobs.command('history', { channel });
      const read = messages.at(-1)?.seq ?? 0;
      expect(messages).toMatchObject([{ text: 'unheard' }]);
      await bobs.command('receipt', { channel, read });
      const marks = (await there.ask(alice, 'GET', `/channels/${channel}/messages/${read}/receipts`)).body;
      expect(marks).toMatchObject({ members: { bob: { read: true } } });
    } finally {
      redis?.signal('SIGCONT');
    }
  });
});
