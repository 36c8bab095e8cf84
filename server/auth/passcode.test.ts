import { describe, expect, it } from 'vitest';
import { hashPasscode, isPasscode } from './passcode.ts';
import { PasscodeTries, triesAllowed } from './passcode-tries.ts';

describe('A passcode', () => {
  it('is known again, and no other is, nor is any where there is none', async () => {
    const hash = await hashPasscode('open sesame');
    expect(hash).toMatch(/^scrypt\$\d+\$\d+\$\d+\$[\w-]{22}\$[\w-]{43}$/);
    expect(await isPasscode('open sesame', hash)).toBe(true);
    expect(await isPasscode('open sesame ', hash)).toBe(false);
    expect(await isPasscode('', hash)).toBe(false);
    expect(await isPasscode('open sesame', undefined)).toBe(false);
  });

  it('has a hash of its own each time, and is the same in every composition of its letters', async () => {
    const [one, other] = await Promise.all([hashPasscode('caf\u00e9'), hashPasscode('caf\u00e9')]);
    expect(one).not.toBe(other);
    expect(await isPasscode('cafe\u0301', one)).toBe(true);
  });
});

describe('Tries', () => {
  const clock = { now: 1_000 };
  const limited = expect.objectContaining({ code: 'rate_limited' });

  it('are limited for a user over all channels, until the window has passed', async () => {
    const tries = new PasscodeTries(() => clock.now);
    for (let i = 0; i < triesAllowed.perUser; i += 1) await tries.begin(`group-${i}`, 'eve');
    await expect(tries.begin('another', 'eve')).rejects.toThrow(limited);
    await tries.begin('another', 'bob');
    clock.now += triesAllowed.windowMs;
    await tries.begin('another', 'eve');
  });

  it('are limited for a channel over all users', async () => {
    const tries = new PasscodeTries(() => clock.now);
    for (let i = 0; i < triesAllowed.perChannel; i += 1) await tries.begin('group', `user-${i}`);
    await expect(tries.begin('group', 'eve')).rejects.toThrow(
      expect.objectContaining({ code: 'rate_limited', retryAfterMs: triesAllowed.windowMs }),
    );
    await tries.begin('another', 'eve');
  });

  it('that were right are taken back', async () => {
    const tries = new PasscodeTries(() => clock.now);
    for (let i = 0; i < triesAllowed.perUser * 3; i += 1) (await tries.begin('group', 'bob'))();
    await tries.begin('group', 'bob');
  });

  it('of the same moment count too', async () => {
    const tries = new PasscodeTries(() => clock.now);
    const made = await Promise.allSettled(Array.from({ length: 20 }, () => tries.begin('group', 'eve')));
    expect(made.filter(({ status }) => status === 'fulfilled').length).toBe(triesAllowed.perUser);
  });
});
