import { afterAll, describe, expect, it, vi } from 'vitest';
import { withService } from '../../test/services/process.ts';
import { startRedis } from '../../test/services/redis.ts';
import { PasscodeTries, triesAllowed } from './passcode-tries.ts';
import { SharedTries } from './shared-tries.ts';

const redis = await withService(startRedis);
afterAll(() => redis?.stop());

describe.runIf(redis)('Tries of passcodes over two instances', () => {
  const shared: SharedTries[] = [];
  afterAll(() => {
    for (const each of shared) each.close();
  });
  const limited = expect.objectContaining({ code: 'rate_limited', retryAfterMs: expect.any(Number) });
  /** An instance whose Redis answers. */
  const instance = async (deployment = 'tests') => {
    const counted = new SharedTries({ url: redis?.url ?? '', deployment }, { warn() {} });
    shared.push(counted);
    const answers = async () => expect(await counted.begin('some channel', `nobody-${shared.length}`)).toBe(0);
    await vi.waitFor(answers, { timeout: 20_000 });
    return new PasscodeTries(Date.now, counted);
  };

  it('are counted together, for a user and for a channel, also at the same moment', async () => {
    const [here, there] = [await instance(), await instance()];
    const begun = async (tries: (i: number) => [channel: string, user: string], count: number) => {
      const made = await Promise.allSettled(
        Array.from({ length: count }, (_, i) => (i % 2 === 0 ? here : there).begin(...tries(i))),
      );
      return made.filter(({ status }) => status === 'fulfilled').length;
    };
    expect(await begun((i) => [`group-${i}`, 'eve'], 4 * triesAllowed.perUser)).toBe(triesAllowed.perUser);
    await expect(here.begin('another', 'eve')).rejects.toThrow(limited);
    await expect(there.begin('another', 'eve')).rejects.toThrow(limited);
    expect(await begun((i) => ['group', `user-${i}`], 2 * triesAllowed.perChannel)).toBe(triesAllowed.perChannel);
  });

  it('that were right are taken back everywhere', async () => {
    const [here, there] = [await instance(), await instance()];
    for (let i = 0; i < triesAllowed.perUser * 3; i += 1) (await (i % 2 === 0 ? here : there).begin('mine', 'bob'))();
    await here.begin('mine', 'bob');
  });

  it('are counted for each deployment by itself', async () => {
    const [here, elsewhere] = [await instance(), await instance('another')];
    for (let i = 0; i < triesAllowed.perUser; i += 1) await here.begin('theirs', 'carol');
    await expect(here.begin('theirs', 'carol')).rejects.toThrow(limited);
    await elsewhere.begin('theirs', 'carol');
  });

  it('are counted by each instance alone while Redis is frozen or away, without waiting for it again and again', async () => {
    const here = await instance();
    redis?.signal('SIGSTOP');
    try {
      for (let i = 0; i < triesAllowed.perUser; i += 1) await here.begin('group', 'mallory');
      await expect(here.begin('group', 'mallory')).rejects.toThrow(limited);
    } finally {
      redis?.signal('SIGCONT');
    }
    await redis?.kill();
    for (let i = 0; i < triesAllowed.perUser; i += 1) await here.begin('group', 'trudy');
    await expect(here.begin('group', 'trudy')).rejects.toThrow(limited);
  });
});
