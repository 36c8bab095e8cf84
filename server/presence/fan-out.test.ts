import { describe, expect, it } from 'vitest';
import { limits } from '../../protocol/limits.ts';
import { LocalBus } from '../bus/local-bus.ts';
import type { UserStore } from '../storage/storage.ts';
import { PresenceFanOut } from './fan-out.ts';

const silent = { info() {}, warn() {}, error() {}, debug() {} };

function fanOut() {
  const told: object[] = [];
  const seen: object[] = [];
  const users = { seen: async (marks: object[]) => void seen.push(...marks) } as unknown as UserStore;
  const people = new PresenceFanOut({
    users,
    bus: new LocalBus(),
    log: silent,
    isOpen: (channel) => channel !== 'closed',
    tell: (_, event) => told.push(event),
  });
  return { people, told, seen };
}

describe('A change of presence', () => {
  it('reaches the channels that follow the user, and no other', async () => {
    const { people, told } = fanOut();
    people.follow('standup', ['alice', 'bob']);
    people.follow('retro', ['bob']);
    people.changed('alice', { state: 'online' });
    await people.flush();
    expect(told).toEqual([{ channel: 'standup', members: { alice: { state: 'online' } } }]);
  });

  it('goes out once a channel, however many came and went, with the last word on each', async () => {
    const { people, told } = fanOut();
    people.follow('standup', ['alice', 'bob']);
    people.changed('alice', { state: 'offline', lastSeen: 5 });
    people.entered('standup', 'alice', { state: 'online', name: 'Alice', role: 'organizer' });
    people.changed('bob', { state: 'offline', lastSeen: 7 });
    await people.flush();
    expect(told).toEqual([
      {
        channel: 'standup',
        members: {
          alice: { state: 'online', name: 'Alice', role: 'organizer' },
          bob: { state: 'offline', lastSeen: 7 },
        },
      },
    ]);
  });

  it('of one who was removed and is back within the moment is that they are there', async () => {
    const { people, told } = fanOut();
    people.follow('standup', ['bob']);
    people.removed('standup', 'bob');
    people.entered('standup', 'bob', { state: 'online', name: 'Bob', role: 'participant' });
    await people.flush();
    expect(told).toEqual([
      { channel: 'standup', members: { bob: { state: 'online', name: 'Bob', role: 'participant' } } },
    ]);
  });

  it('to offline is stored as the time last seen', async () => {
    const { people, seen } = fanOut();
    people.changed('alice', { state: 'offline', lastSeen: 5 });
    await people.flush();
    expect(seen).toEqual([{ user: 'alice', at: 5 }]);
  });

  it('costs nothing where nobody has the channel open any more', async () => {
    const { people, told } = fanOut();
    people.follow('standup', ['alice']);
    people.forget('standup');
    people.changed('alice', { state: 'online' });
    await people.flush();
    expect(told).toEqual([]);
  });

  it('costs nothing where nobody ever had it open, whatever requests are about it', async () => {
    const { people, told } = fanOut();
    people.entered('closed', 'alice', { state: 'online' });
    people.removed('closed', 'bob');
    people.changed('alice', { state: 'offline', lastSeen: 5 });
    await people.flush();
    expect(told).toEqual([]);
  });

  it('is told of the listed members of a large channel only', async () => {
    const { people, told } = fanOut();
    people.follow(
      'hall',
      Array.from({ length: limits.membersListed }, (_, i) => `u${i}`),
    );
    people.entered('hall', 'one-more', { state: 'online' });
    await people.flush();
    expect(told).toEqual([]);
  });
});
