import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listen, openSite, type Site, says } from '../api/site.ts';
import { databaseIn, startMongod } from '../services/mongod.ts';
import { withService } from '../services/process.ts';
import { startRedis } from '../services/redis.ts';

const mongod = await withService(startMongod);
const redis = await withService(startRedis);

describe.runIf(mongod && redis)('Two deployments over one Redis, each on a database of its own', () => {
  const sites: Site[] = [];
  /** Two instances on one fresh database. */
  const deploy = async (): Promise<[Site, Site]> => {
    const env = { DATABASE_URL: databaseIn(mongod?.url ?? '').url, REDIS_URL: redis?.url ?? '' };
    const instances: [Site, Site] = [await openSite({ env }), await openSite({ env })];
    sites.push(...instances);
    return instances;
  };
  let staging: [Site, Site];
  let production: [Site, Site];
  beforeAll(async () => {
    [staging, production] = [await deploy(), await deploy()];
  });
  afterAll(async () => {
    await Promise.all(sites.map((site) => site.close()));
    await Promise.all([mongod?.stop(), redis?.stop()]);
  });

  /** alice at the first instance, bob at the second one. */
  const meet = async ([one, two]: [Site, Site]) => {
    const [alice, bob] = [
      await one.connect({ sub: 'alice', meetings: ['standup'] }),
      await two.connect({ sub: 'bob', meetings: ['standup'] }),
    ];
    for (const client of [alice, bob]) await client.command('join', { channel: 'standup' });
    return { alice, heard: listen(bob) };
  };

  test('R9: what is said in a meeting of one is not heard in the meeting of that name in the other', async () => {
    const [there, here] = [await meet(staging), await meet(production)];
    await there.alice.command('send', { channel: 'standup', key: 'trial', text: 'only a trial' });
    await there.heard.until('entries', says('only a trial'));
    await here.alice.command('send', { channel: 'standup', key: 'morning', text: 'good morning' });
    await here.heard.until('entries', says('good morning'));
    expect(here.heard.messages('standup')).toEqual([{ seq: 1, text: 'good morning' }]);
    expect(there.heard.messages('standup')).toEqual([{ seq: 1, text: 'only a trial' }]);
  });
});
