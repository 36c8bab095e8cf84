import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { StoreAway } from '../storage/store-away.ts';
import { Blocks } from './blocks.ts';
import type { Session } from './session.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('however often a change is heard of while the store is away, it is asked once a second for each connection', async () => {
  let isAway = false;
  const read = vi.fn(async () => {
    if (isAway) throw new StoreAway('away');
    return ['mallory'];
  });
  const blocks = new Blocks(read);
  const session = { identity: { user: 'alice' }, socket: { connected: true } } as Session;
  await blocks.of(session);
  isAway = true;
  for (let i = 0; i < 10; i += 1) {
    blocks.changed(session);
    await vi.advanceTimersByTimeAsync(10);
  }
  read.mockClear();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(read.mock.calls.length).toBeLessThanOrEqual(10);
  isAway = false;
  await vi.advanceTimersByTimeAsync(1_000);
  read.mockClear();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(read).not.toHaveBeenCalled();
  expect(blocks.has('mallory')).toBe(true);
});
