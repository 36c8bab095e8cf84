import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Presence } from '../../protocol/entities.ts';
import { limits } from '../../protocol/limits.ts';
import { TestClient } from '../client.ts';
import { startCluster } from '../cluster.ts';
import { withService } from '../services/process.ts';
import { token } from '../tokens.ts';

/** What issue and operator may count on: offline after a lease without a heartbeat, and no more than this off. */
const leewayMs = 6_000;
const stallMs = 3_000;
const meeting = 'standup';

const cluster = await withService(() => startCluster({ instances: 3 }));
afterAll(() => cluster?.stop());

/** A connection with the heartbeats of a client that keeps the protocol. */
class Device {
  readonly client: TestClient;
  /** When the last heartbeat that was answered went out. */
  lastBeat = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(url: string, user: string) {
    this.client = new TestClient(url, token({ sub: user, meetings: [meeting] }));
  }

  async start(): Promise<this> {
    await (await this.client.connected()).command('join', { channel: meeting });
    await this.beat();
    this.resume();
    return this;
  }

  async beat(): Promise<void> {
    const at = Date.now();
    await this.client.command('heartbeat', { heads: {} });
    this.lastBeat = at;
  }

  /** Its network stays; its heartbeats do not. */
  pause(): void {
    clearInterval(this.#timer);
  }

  resume(): void {
    this.#timer = setInterval(() => void this.beat().catch(() => {}), limits.heartbeatIntervalMs);
  }

  close(): void {
    this.pause();
    this.client.close();
  }
}

type Change = { user: string; state: string; lastSeen: number | undefined; at: number };

/** Whatever this connection is told of others' presence. */
function watch({ client }: Device): Change[] {
  const told: Change[] = [];
  client.socket.on('presence', ({ members }) => {
    for (const [user, { state, lastSeen }] of Object.entries(members))
      told.push({ user, state, lastSeen, at: Date.now() });
  });
  return told;
}

describe.skipIf(cluster === undefined)('Presence over three instances', () => {
  const [one, two, three] = cluster?.instances ?? [];
  const devices: Device[] = [];
  const device = async (at: typeof one, user: string) => {
    const opened = new Device(at?.url ?? '', user);
    devices.push(opened);
    return opened.start();
  };
  let phone: Device;
  let laptop: Device;
  let bob: Device;
  let carol: Device;
  let dave: Device;
  let frank: Device;
  let told: Change[];

  beforeAll(async () => {
    bob = await device(three, 'bob');
    told = watch(bob);
    [phone, laptop, carol, dave, frank] = await Promise.all([
      device(one, 'alice'),
      device(two, 'alice'),
      device(one, 'carol'),
      device(two, 'dave'),
      device(three, 'frank'),
      device(two, 'erin'),
    ]);
    const there = ['alice', 'carol', 'dave', 'erin', 'frank'];
    const isThere = (user: string) => statesOf(told, user).at(-1) === 'online';
    await vi.waitFor(() => expect(there.filter(isThere)).toEqual(there), { timeout: 30_000 });
    told.length = 0;
  });
  afterAll(() => {
    for (const each of devices) each.close();
  });

  const seenBy = async (at: typeof one, who: string): Promise<{ [user: string]: Presence }> => {
    const reader = await new TestClient(at?.url ?? '', token({ sub: who, meetings: [meeting] })).connected();
    const { members } = await reader.command('join', { channel: meeting });
    reader.close();
    return members;
  };
  const wentOffline = async (user: string): Promise<Change> => {
    await expect.poll(() => statesOf(told, user).at(-1), { timeout: 60_000, interval: 20 }).toBe('offline');
    return told.find((change) => change.user === user && change.state === 'offline') as Change;
  };
  /** That they went a lease after their last heartbeat, and are said to have been seen at it. */
  const expectLapsed = (gone: Change, lastBeat: number) => {
    expect(gone.at - lastBeat).toBeGreaterThan(limits.leaseMs - leewayMs);
    expect(gone.at - lastBeat).toBeLessThan(limits.leaseMs + leewayMs);
    expect(Math.abs((gone.lastSeen ?? 0) - lastBeat)).toBeLessThan(leewayMs);
  };

  // All at once, because each of them takes a lease's time.
  test('R46: online while any device lives; a dead instance, a dead client and a stall each count as what they are', async () => {
    const deaths = async () => {
      await Promise.all([phone.beat(), carol.beat()]);
      await one?.kill();
      for (const each of [phone, carol]) each.close();
      expectLapsed(await wentOffline('carol'), carol.lastBeat);
    };
    const silence = async () => {
      const closed = new Promise((resolve) => dave.client.socket.once('disconnect', resolve));
      dave.client.socket.io.reconnection(false);
      await dave.beat();
      dave.pause();
      expectLapsed(await wentOffline('dave'), dave.lastBeat);
      await closed;
    };
    const stalls = async () => {
      frank.pause();
      await wait(limits.heartbeatIntervalMs + stallMs);
      await frank.beat();
      frank.resume();
      two?.process.signal('SIGSTOP');
      await wait(stallMs);
      two?.process.signal('SIGCONT');
    };
    await Promise.all([deaths(), silence(), stalls()]);
    const others = ['alice', 'bob', 'erin', 'frank'];
    expect(told.filter(({ user }) => others.includes(user))).toEqual([]);
    const members = await seenBy(three, 'gus');
    expect(others.map((user) => members[user]?.state)).toEqual(others.map(() => 'online'));

    const left = Date.now();
    laptop.close();
    const alice = await wentOffline('alice');
    expect(Math.abs((alice.lastSeen ?? 0) - left)).toBeLessThan(leewayMs);
    // A process that has heard of nobody's going reads what was stored.
    const again = await one?.again();
    if (again) cluster?.instances.splice(0, 1, again);
    const shown = await seenBy(again, 'hal');
    for (const user of ['alice', 'carol', 'dave']) {
      expect(shown[user]?.state).toBe('offline');
      // Told by whoever noticed first, and stored by each: an instance's own word on its user and a sweep's may be a moment apart.
      const lastSeen = told.find((gone) => gone.user === user)?.lastSeen ?? 0;
      expect(Math.abs((shown[user]?.lastSeen ?? 0) - lastSeen)).toBeLessThan(leewayMs);
    }
    expect(shown.erin).toMatchObject({ state: 'online' });
    expect(statesOf(told, 'alice')).toEqual(['offline']);
  });
});

function statesOf(told: readonly Change[], user: string): string[] {
  return told.filter((change) => change.user === user).map(({ state }) => state);
}
