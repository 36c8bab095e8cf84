import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Presence } from '../../protocol/entities.ts';
import type { PresenceRegistry } from './presence.ts';

/** A started registry with what it told so far. */
export type Watcher = {
  presence: PresenceRegistry;
  /** `alice online`, `alice offline` … in order. */
  told: string[];
  lastSeen: Map<string, number | undefined>;
  expired: string[];
};

export async function watch(presence: PresenceRegistry): Promise<Watcher> {
  const watcher: Watcher = { presence, told: [], lastSeen: new Map(), expired: [] };
  await presence.start({
    changed(user, { state, lastSeen }) {
      watcher.told.push(`${user} ${state}`);
      watcher.lastSeen.set(user, lastSeen);
    },
    expired: (user, connection) => watcher.expired.push(`${user} ${connection}`),
  });
  return watcher;
}

/** For what comes at once, on a machine that has other things to do. */
export const patience = { timeout: 20_000, interval: 5 };

export async function stateOf({ presence }: Watcher, user: string): Promise<Presence['state'] | undefined> {
  return (await presence.lookup([user])).get(user)?.state;
}

export type SuiteOptions = {
  /** Another instance's registry at each call. */
  open: (leaseMs: number) => PresenceRegistry;
  /** Whether there is a way between instances. */
  connected: boolean;
  /** Lets time pass. */
  elapse: (ms: number) => Promise<unknown>;
};

/** What every registry promises. Users are new in every test: instances may share what holds them. */
export function presenceSuite(name: string, { open, connected, elapse }: SuiteOptions): void {
  describe(name, () => {
    const watchers: Watcher[] = [];
    let alice: string;
    let bob: string;
    const join: Join = async (leaseMs = 30_000) => {
      const watcher = await watch(open(leaseMs));
      watchers.push(watcher);
      return watcher;
    };
    beforeEach(() => {
      [alice, bob] = [`alice-${randomUUID()}`, `bob-${randomUUID()}`];
    });
    afterEach(async () => {
      await Promise.all(watchers.splice(0).map(({ presence }) => presence.close()));
    });
    const people = () => ({ alice, bob });

    leaseRules(join, people);
    timeRules(join, people, elapse);
    if (connected) togetherRules(join, people);
  });
}

type Join = (leaseMs?: number) => Promise<Watcher>;
type People = () => { alice: string; bob: string };

function leaseRules(join: Join, people: People): void {
  it('a user comes with their first lease, and is told once however often it is renewed', async () => {
    const { alice, bob } = people();
    const here = await join();
    here.presence.renew(alice, 'phone');
    here.presence.renew(alice, 'phone');
    here.presence.renew(alice, 'laptop');
    here.presence.renew(bob, 'phone');
    await vi.waitFor(() => expect(here.told).toEqual([`${alice} online`, `${bob} online`]), patience);
  });

  it('a user goes with their last lease, not before', async () => {
    const { alice, bob } = people();
    const here = await join();
    here.presence.renew(alice, 'phone');
    here.presence.renew(alice, 'laptop');
    here.presence.renew(bob, 'phone');
    here.presence.release(alice, 'phone');
    here.presence.release(bob, 'phone');
    await vi.waitFor(() => expect(here.told).toContain(`${bob} offline`), patience);
    expect(here.told).not.toContain(`${alice} offline`);
    here.presence.release(alice, 'laptop');
    await vi.waitFor(() => expect(here.told).toContain(`${alice} offline`), patience);
  });

  it('who goes was seen last when they went', async () => {
    const { alice } = people();
    const here = await join();
    here.presence.renew(alice, 'phone');
    const before = Date.now();
    here.presence.release(alice, 'phone');
    await vi.waitFor(() => expect(here.told).toContain(`${alice} offline`), patience);
    const lastSeen = here.lastSeen.get(alice) ?? 0;
    // Redis reads its own clock.
    expect(lastSeen).toBeGreaterThanOrEqual(before - 5);
    expect(lastSeen).toBeLessThanOrEqual(Date.now() + 5);
    expect((await here.presence.lookup([alice])).get(alice)).toEqual({ state: 'offline', lastSeen });
  });

  it('a release without a lease changes nothing', async () => {
    const { alice } = people();
    const here = await join();
    here.presence.release(alice, 'phone');
    here.presence.renew(alice, 'phone');
    here.presence.release(alice, 'laptop');
    here.presence.release(alice, 'phone');
    await vi.waitFor(() => expect(here.told).toEqual([`${alice} online`, `${alice} offline`]), patience);
  });

  it('a lookup answers for everyone it is asked about, strangers among them', async () => {
    const { alice, bob } = people();
    const here = await join();
    here.presence.renew(alice, 'phone');
    const found = await here.presence.lookup([alice, bob]);
    expect([...found]).toEqual([
      [alice, { state: 'online' }],
      [bob, { state: 'offline' }],
    ]);
    expect(await here.presence.lookup([])).toEqual(new Map());
  });
}

function timeRules(join: Join, people: People, elapse: SuiteOptions['elapse']): void {
  it('a lease that is not renewed ends by itself, and was seen when it was renewed last', async () => {
    const { alice } = people();
    const here = await join(500);
    here.presence.renew(alice, 'phone');
    const renewedAt = Date.now();
    await vi.waitFor(() => expect(here.told).toEqual([`${alice} online`, `${alice} offline`]), patience);
    expect(Date.now() - renewedAt).toBeGreaterThanOrEqual(499);
    expect(here.expired).toEqual([`${alice} phone`]);
    // Noticed late, it is still nearer to the renewal than to the end.
    expect(here.lastSeen.get(alice)).toBeGreaterThanOrEqual(renewedAt - 5);
    expect(here.lastSeen.get(alice)).toBeLessThanOrEqual(Date.now() - 495);
  });

  it('a lease that is renewed goes on, and a stall of a tenth of it changes nothing', async () => {
    const { alice } = people();
    const here = await join(3_000);
    for (let beat = 0; beat < 12; beat += 1) {
      here.presence.renew(alice, 'phone');
      await elapse(300);
    }
    expect(here.told).toEqual([`${alice} online`]);
  });

  it('a heartbeat after the end of the lease begins another', async () => {
    const { alice } = people();
    const here = await join(200);
    here.presence.renew(alice, 'phone');
    await vi.waitFor(() => expect(here.told).toContain(`${alice} offline`), patience);
    here.presence.renew(alice, 'phone');
    await vi.waitFor(() => expect(here.told.slice(2, 3)).toEqual([`${alice} online`]), patience);
  });
}

function togetherRules(join: Join, people: People): void {
  it('who comes and goes at one instance is told at all, and looked up at all', async () => {
    const { alice } = people();
    const [here, there] = [await join(), await join()];
    here.presence.renew(alice, 'phone');
    await vi.waitFor(() => expect(there.told).toEqual([`${alice} online`]), patience);
    expect(await stateOf(there, alice)).toBe('online');
    here.presence.release(alice, 'phone');
    await vi.waitFor(() => expect(there.told).toEqual([`${alice} online`, `${alice} offline`]), patience);
    expect(await there.presence.lookup([alice])).toEqual(await here.presence.lookup([alice]));
  });

  it('who is online already is found by an instance that starts', async () => {
    const { alice, bob } = people();
    const here = await join();
    here.presence.renew(alice, 'phone');
    await vi.waitFor(async () => expect(await stateOf(await join(), alice)).toBe('online'), patience);
    const there = await join();
    expect([...(await there.presence.lookup([alice, bob])).values()].map(({ state }) => state)).toEqual([
      'online',
      'offline',
    ]);
    here.presence.release(alice, 'phone');
    await vi.waitFor(() => expect(there.told).toEqual([`${alice} offline`]), patience);
  });

  it('a user with devices at two instances goes with the last of them', async () => {
    const { alice, bob } = people();
    const [here, there] = [await join(), await join()];
    here.presence.renew(alice, 'phone');
    there.presence.renew(alice, 'laptop');
    there.presence.renew(bob, 'phone');
    await vi.waitFor(() => expect(here.told).toContain(`${bob} online`), patience);
    here.presence.release(alice, 'phone');
    there.presence.release(bob, 'phone');
    await vi.waitFor(() => expect(here.told).toContain(`${bob} offline`), patience);
    expect(await stateOf(here, alice)).toBe('online');
    there.presence.release(alice, 'laptop');
    await vi.waitFor(() => expect(here.told).toContain(`${alice} offline`), patience);
    expect(here.told.concat(there.told).filter((told) => told === `${alice} offline`)).toHaveLength(2);
  });

  it('a page that is loaded again is no going', async () => {
    const { alice, bob } = people();
    const [here, there] = [await join(), await join()];
    here.presence.renew(alice, 'before');
    await vi.waitFor(() => expect(there.told).toContain(`${alice} online`), patience);
    here.presence.release(alice, 'before');
    here.presence.renew(alice, 'after');
    here.presence.renew(bob, 'phone');
    await vi.waitFor(() => expect(there.told).toContain(`${bob} online`), patience);
    expect(here.told.concat(there.told)).not.toContain(`${alice} offline`);
  });

  it('an instance that closes takes its users with it', async () => {
    const { alice } = people();
    const [here, there] = [await join(), await join()];
    here.presence.renew(alice, 'phone');
    await vi.waitFor(() => expect(there.told).toEqual([`${alice} online`]), patience);
    await here.presence.close();
    await vi.waitFor(() => expect(there.told).toEqual([`${alice} online`, `${alice} offline`]), patience);
  });
}
