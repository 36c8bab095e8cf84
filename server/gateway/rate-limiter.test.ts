import { expect, test } from 'vitest';
import { RateLimiter, shares } from './rate-limiter.ts';

function limiter(perSecond: number) {
  const clock = { now: 1_000 };
  return { clock, limits: new RateLimiter(perSecond, () => clock.now) };
}

test('a user has a burst of five seconds’ worth at once, then the sustained rate', () => {
  const { clock, limits } = limiter(10);
  const alice = { user: 'alice' };
  for (let i = 0; i < 50; i += 1) expect(limits.take(alice, 1)).toBe(0);
  expect(limits.take(alice, 1)).toBe(100);
  clock.now += 99;
  expect(limits.take(alice, 1)).toBe(1);
  clock.now += 1;
  expect(limits.take(alice, 1)).toBe(0);
  expect(limits.take({ user: 'bob' }, 1)).toBe(0);
  clock.now += 1_000;
  const taken = Array.from({ length: 50 }, () => limits.take(alice, 1)).filter((waitMs) => waitMs === 0);
  expect(taken.length).toBe(10);
});

test('0 switches every limit off', () => {
  const { limits } = limiter(0);
  const all = { user: 'u', connection: 'c', channel: 'h', address: 'a' };
  for (let i = 0; i < 10_000; i += 1) expect(limits.take(all, 10)).toBe(0);
});

test('each kind has its share, and what one refuses is charged to none of the others', () => {
  const { limits } = limiter(1);
  for (let i = 0; i < shares.channel * 5; i += 1)
    expect(limits.take({ user: `user-${i}`, channel: 'busy' }, 1)).toBe(0);
  expect(limits.take({ user: 'alice', channel: 'busy' }, 1)).toBeGreaterThan(0);
  for (let i = 0; i < 5; i += 1) expect(limits.take({ user: 'alice', channel: 'quiet' }, 1)).toBe(0);
  expect(limits.take({ user: 'alice', channel: 'quiet' }, 1)).toBeGreaterThan(0);
});

test('packets that cost a user nothing are held by their connection', () => {
  const { limits } = limiter(10);
  const free = Array.from({ length: 1_000 }, () => limits.take({ user: 'alice', connection: 'c' }, 0));
  expect(free.filter((waitMs) => waitMs === 0).length).toBe(500);
});

test('a clock that was set back gives nothing and takes nothing', () => {
  const { clock, limits } = limiter(1);
  for (let i = 0; i < 5; i += 1) limits.take({ user: 'alice' }, 1);
  clock.now -= 60_000;
  expect(limits.take({ user: 'alice' }, 1)).toBe(1_000);
  clock.now += 1_000;
  expect(limits.take({ user: 'alice' }, 1)).toBe(0);
});

test('what other instances spent counts too', () => {
  const { clock, limits } = limiter(10);
  limits.share();
  limits.take({ user: 'alice' }, 20);
  expect(limits.takeUntold()).toEqual([{ name: 'user:alice', spent: 20, perSecond: 10 }]);
  limits.take({ user: 'alice' }, 10);
  limits.learn('user:alice', 45);
  expect(limits.take({ user: 'alice' }, 1)).toBe(600);
  clock.now += 600;
  expect(limits.take({ user: 'alice' }, 1)).toBe(0);
});

test('what was spent is gathered for other instances only where somebody tells them', () => {
  const { limits } = limiter(10);
  limits.take({ user: 'alice', channel: 'standup' }, 1);
  limits.charge({ address: '203.0.113.7' }, 1);
  expect(limits.takeUntold()).toEqual([]);
  limits.share();
  limits.take({ user: 'bob' }, 1);
  expect(limits.takeUntold()).toEqual([{ name: 'user:bob', spent: 1, perSecond: 10 }]);
  expect(limits.takeUntold()).toEqual([]);
});
