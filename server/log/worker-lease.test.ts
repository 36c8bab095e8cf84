import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { removeDir, tempDir } from '../../test/services/process.ts';
import { openStorage } from '../storage/open-storage.ts';
import type { Storage, WorkerStore } from '../storage/storage.ts';
import { WorkerLease } from './worker-lease.ts';

describe('the worker number of an instance', () => {
  const ttlMs = 30_000;
  const open: WorkerLease[] = [];
  let storage: Storage;
  let folder: string;
  /** What the next renewals meet. */
  let store: { workers: WorkerStore; away: boolean };

  const join = async (holder: string): Promise<WorkerLease> => {
    const lease = new WorkerLease({ workers: store.workers, holder, log: { warn: () => {} }, now: Date.now, ttlMs });
    open.push(lease);
    await lease.start();
    return lease;
  };
  const workerOf = (id: string) => Number((BigInt(id) >> 12n) & 0x3ffn);

  beforeEach(async () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 5, 1) });
    folder = tempDir('worker-lease');
    storage = await openStorage(`file:${folder}/chat.db`);
    const { workers } = storage;
    const unlessAway = <Result>(work: () => Promise<Result>) =>
      store.away ? Promise.reject(new Error('away')) : work();
    store = {
      away: false,
      workers: {
        claim: (...args) => unlessAway(() => workers.claim(...args)),
        renew: (...args) => unlessAway(() => workers.renew(...args)),
        release: (...args) => unlessAway(() => workers.release(...args)),
      },
    };
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((lease) => lease.close()));
    await storage.close();
    removeDir(folder);
    vi.useRealTimers();
  });

  it('is held by no other: two instances at once, started at once, make different ids', async () => {
    const [alice, bob] = await Promise.all([join('alice'), join('bob')]);
    expect(alice.worker).not.toBe(bob.worker);
    expect(workerOf(alice.next())).toBe(alice.worker);
    expect(workerOf(bob.next())).toBe(bob.worker);
  });

  it('is kept for as long as the instance lives', async () => {
    const alice = await join('alice');
    await vi.advanceTimersByTimeAsync(100 * ttlMs);
    const bob = await join('bob');
    expect([alice.worker, bob.worker]).toEqual([0, 1]);
  });

  it('is free again when its holder closes, and makes no more ids there', async () => {
    const alice = await join('alice');
    await alice.close();
    expect(() => alice.next()).toThrow(expect.objectContaining({ code: 'unavailable' }));
    expect((await join('bob')).worker).toBe(0);
  });

  it('of a crashed holder is free when its lease has ended, not before', async () => {
    await storage.workers.claim('alice', 1_023, Date.now(), ttlMs);
    const bob = await join('bob');
    expect(bob.worker).toBe(1);
    await vi.advanceTimersByTimeAsync(ttlMs);
    const carol = await join('carol');
    expect(carol.worker).toBe(0);
  });

  it('that was lost to another is not used on, and another takes its place', async () => {
    const alice = await join('alice');
    await storage.workers.release('alice', 0);
    const bob = await join('bob');
    expect(bob.worker).toBe(0);
    await vi.advanceTimersByTimeAsync(ttlMs / 3);
    expect(alice.worker).toBe(1);
  });

  it('makes no ids from the end of a lease that could not be renewed, until there is a number again', async () => {
    const alice = await join('alice');
    store.away = true;
    await vi.advanceTimersByTimeAsync(ttlMs - 1);
    expect(workerOf(alice.next())).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(() => alice.next()).toThrow(
      expect.objectContaining({ code: 'unavailable', retryAfterMs: expect.any(Number) }),
    );
    await storage.workers.claim('bob', 1_023, Date.now(), ttlMs);
    store.away = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(workerOf(alice.next())).toBe(1);
  });

  it('stays when the clock is set back: others do not see its lease end', async () => {
    const alice = await join('alice');
    const before = BigInt(alice.next());
    const real = Date.now();
    vi.setSystemTime(real - 3_600_000);
    await vi.advanceTimersByTimeAsync(2 * ttlMs);
    expect(BigInt(alice.next())).toBeGreaterThan(before);
    expect(await storage.workers.claim('bob', 1_023, real + 2 * ttlMs, ttlMs)).toBe(1);
  });

  it('is confirmed at once when the clock leaps ahead, past the end of the lease', async () => {
    const alice = await join('alice');
    vi.setSystemTime(Date.now() + 10 * ttlMs);
    expect(() => alice.next()).toThrow(expect.objectContaining({ code: 'unavailable' }));
    await vi.advanceTimersByTimeAsync(1);
    expect(workerOf(alice.next())).toBe(0);
  });
});
