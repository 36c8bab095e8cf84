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
  const fail = (tries: PasscodeTries, channel: string, user: string) => () => void tries.begin(channel, user);

  it('are limited for a user over all channels, until the window has passed', () => {
    const tries = new PasscodeTries(() => clock.now);
    for (let i = 0; i < triesAllowed.perUser; i += 1) tries.begin(`group-${i}`, 'eve');
    expect(fail(tries, 'another', 'eve')).toThrow(expect.objectContaining({ code: 'rate_limited' }));
    expect(fail(tries, 'another', 'bob')).not.toThrow();
    clock.now += triesAllowed.windowMs;
    expect(fail(tries, 'another', 'eve')).not.toThrow();
  });

  it('are limited for a channel over all users', () => {
    const tries = new PasscodeTries(() => clock.now);
    for (let i = 0; i < triesAllowed.perChannel; i += 1) tries.begin('group', `user-${i}`);
    expect(fail(tries, 'group', 'eve')).toThrow(
      expect.objectContaining({ code: 'rate_limited', retryAfterMs: triesAllowed.windowMs }),
    );
    expect(fail(tries, 'another', 'eve')).not.toThrow();
  });

  it('that were right are taken back', () => {
    const tries = new PasscodeTries(() => clock.now);
    for (let i = 0; i < triesAllowed.perUser * 3; i += 1) tries.begin('group', 'bob')();
    expect(fail(tries, 'group', 'bob')).not.toThrow();
  });
});
