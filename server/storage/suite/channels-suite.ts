import { expect, test } from 'vitest';
import type { Storage, StoredChannel } from '../storage.ts';
import { alice, bob, freshId, message, numbers } from './make-suite.ts';

export function channelsSuite(storage: () => Storage): void {
  const channels = () => storage().channels;
  const make = (given: Partial<StoredChannel> = {}): Promise<StoredChannel> =>
    channels().create({
      id: freshId('channel'),
      kind: 'group',
      title: 'A title',
      settings: { state: 'open', directMessages: true },
      createdAt: 1_700_000_000_000,
      ...given,
    });

  test('a channel is made once: who makes it again gets the one that is there', async () => {
    const first = await make({ owner: alice.id, passcodeHash: 'hash' });
    expect(first).toMatchObject({ title: 'A title', owner: alice.id, passcodeHash: 'hash' });
    expect(await make({ id: first.id, title: 'Another', owner: bob.id })).toEqual(first);
    expect(await channels().get(first.id)).toEqual(first);
  });

  test('a channel made several times at the same moment is one', async () => {
    const id = freshId('channel');
    const made = await Promise.all(numbers(5).map((title) => make({ id, title })));
    expect(new Set(made.map(({ title }) => title)).size).toBe(1);
  });

  test('what is not there is undefined', async () => {
    expect(await channels().get(freshId('channel'))).toBeUndefined();
    expect(await channels().update(freshId('channel'), { title: 'x' })).toBeUndefined();
    expect(await channels().member(freshId('channel'), alice.id)).toBeUndefined();
  });

  test('an update changes what it names and nothing else', async () => {
    const { id, ...old } = await make({ passcodeHash: 'hash' });
    expect(await channels().update(id, {})).toEqual({ id, ...old });
    expect(await channels().update(id, { settings: { state: 'closed' } })).toEqual({
      id,
      ...old,
      settings: { state: 'closed', directMessages: true },
    });
    expect(await channels().update(id, { title: 'New', passcodeHash: 'other' })).toMatchObject({
      title: 'New',
      passcodeHash: 'other',
    });
    expect(await channels().update(id, { passcodeHash: null })).not.toHaveProperty('passcodeHash');
    expect(await channels().get(id)).toMatchObject({ title: 'New', settings: { state: 'closed' } });
  });

  test('a member who is put is a participant, unless it says otherwise', async () => {
    const { id } = await make();
    expect(await channels().putMember(id, { user: alice.id, at: 5 })).toEqual({
      user: alice.id,
      role: 'participant',
      joinedAt: 5,
    });
    expect(await channels().putMember(id, { user: bob.id, role: 'organizer', at: 6 })).toMatchObject({
      role: 'organizer',
    });
  });

  test('putting a member again keeps what it leaves out, and the time of joining', async () => {
    const { id } = await make();
    await channels().putMember(id, { user: alice.id, role: 'organizer', muted: true, at: 5 });
    expect(await channels().putMember(id, { user: alice.id, removed: true, at: 9 })).toEqual({
      user: alice.id,
      role: 'organizer',
      joinedAt: 5,
      muted: true,
      removed: true,
    });
    await channels().putMember(id, { user: alice.id, muted: false, removed: false, at: 10 });
    expect(await channels().member(id, alice.id)).toEqual({ user: alice.id, role: 'organizer', joinedAt: 5 });
  });

  test('a member put several times at the same moment is one', async () => {
    const { id } = await make();
    await Promise.all([1, 2, 3, 4].map((at) => channels().putMember(id, { user: alice.id, at })));
    expect(await channels().members(id, 10)).toHaveLength(1);
  });

  test('an invitation and an appointment are kept until they are taken back', async () => {
    const { id } = await make();
    await channels().putMember(id, { user: alice.id, role: 'organizer', invited: true, appointed: true, at: 5 });
    expect(await channels().putMember(id, { user: alice.id, muted: true, at: 6 })).toEqual({
      user: alice.id,
      role: 'organizer',
      joinedAt: 5,
      muted: true,
      invited: true,
      appointed: true,
    });
    const back = { user: alice.id, muted: false, invited: false, appointed: false, at: 7 };
    expect(await channels().putMember(id, back)).toEqual({ user: alice.id, role: 'organizer', joinedAt: 5 });
  });

  test('a role of a token’s does not touch the one that an organizer gave, and does where none was given', async () => {
    const { id } = await make();
    await channels().putMember(id, { user: alice.id, role: 'participant', at: 1 });
    expect(await channels().putMember(id, { user: alice.id, role: 'organizer', at: 2 })).toMatchObject({
      role: 'organizer',
    });
    await channels().putMember(id, { user: alice.id, role: 'participant', appointed: true, at: 3 });
    expect(await channels().putMember(id, { user: alice.id, role: 'organizer', at: 4 })).toEqual({
      user: alice.id,
      role: 'participant',
      joinedAt: 1,
      appointed: true,
    });
    await channels().putMember(id, { user: alice.id, role: 'participant', appointed: false, at: 5 });
    expect(await channels().putMember(id, { user: alice.id, role: 'organizer', at: 6 })).toMatchObject({
      role: 'organizer',
    });
    expect(await channels().putMember(id, { user: bob.id, role: 'organizer', at: 7 })).toEqual({
      user: bob.id,
      role: 'organizer',
      joinedAt: 7,
    });
    expect(await channels().members(id, 10)).toHaveLength(2);
  });

  test('records are found by name, of the removed too, and only where there is one', async () => {
    const { id } = await make();
    await channels().putMember(id, { user: alice.id, at: 1 });
    await channels().putMember(id, { user: bob.id, removed: true, at: 2 });
    const found = await channels().membersNamed(id, [alice.id, bob.id, 'nobody']);
    expect(found.get(alice.id)).toEqual({ user: alice.id, role: 'participant', joinedAt: 1 });
    expect(found.get(bob.id)).toMatchObject({ removed: true });
    expect(found.size).toBe(2);
    expect((await channels().membersNamed(id, [])).size).toBe(0);
  });

  test('members are listed organizers first, then by time of joining, without the removed', async () => {
    const { id } = await make();
    await channels().putMember(id, { user: 'late', at: 9 });
    await channels().putMember(id, { user: 'early', at: 1 });
    await channels().putMember(id, { user: 'boss', role: 'organizer', at: 5 });
    await channels().putMember(id, { user: 'gone', removed: true, at: 2 });
    expect((await channels().members(id, 10)).map(({ user }) => user)).toEqual(['boss', 'early', 'late']);
    expect(await channels().members(id, 2)).toHaveLength(2);
  });

  test('members of several channels that are listed in the same moment stay apart', async () => {
    const rooms = await Promise.all(numbers(40).map(() => make()));
    await Promise.all(
      rooms.flatMap(({ id }, n) =>
        numbers(n % 4).map((_, user) => channels().putMember(id, { user: `member${user}`, at: user })),
      ),
    );
    const lists = await Promise.all(rooms.map(({ id }, n) => channels().members(id, 1 + (n % 3))));
    const listed = rooms.map((_, n) => numbers(Math.min(n % 4, 1 + (n % 3))).map((_, user) => `member${user}`));
    expect(lists.map((list) => list.map(({ user }) => user))).toEqual(listed);
  });

  test('a user’s channels are those that hold them, newest membership first', async () => {
    const user = freshId('user');
    const [old, meeting, gone] = [await make(), await make({ kind: 'meeting' }), await make()];
    await channels().putMember(old.id, { user, at: 1 });
    await channels().putMember(meeting.id, { user, role: 'organizer', at: 2 });
    await channels().putMember(gone.id, { user, removed: true, at: 3 });
    const found = await channels().ofUser(user);
    expect(found.map(({ channel }) => channel)).toEqual([meeting, old]);
    expect(found[0]?.member).toEqual({ user, role: 'organizer', joinedAt: 2 });
    expect((await channels().ofUser(user, { kind: 'group' })).map(({ channel }) => channel.id)).toEqual([old.id]);
  });

  test('each mark of a change is another, and is no part of the channel', async () => {
    const [channel, other] = [await make(), await make()];
    const unknown = freshId('channel');
    const marks = new Set<string | undefined>();
    for (let i = 0; i < 3; i += 1) {
      await channels().revise(channel.id);
      await channels().revise(unknown);
      const revisions = await channels().revisions([channel.id, other.id, unknown]);
      expect([...revisions.keys()]).toEqual([channel.id]);
      marks.add(revisions.get(channel.id));
    }
    expect(marks.size).toBe(3);
    expect(await channels().get(channel.id)).toEqual(channel);
    expect(await channels().get(unknown)).toBeUndefined();
  });

  test('what remains of a removed channel stands in its place, also when it is removed twice', async () => {
    const channel = await make({ kind: 'meeting', owner: alice.id, passcodeHash: 'hash' });
    await channels().revise(channel.id);
    await channels().putMember(channel.id, { user: alice.id, at: 1 });
    const remains: StoredChannel = {
      id: channel.id,
      kind: 'group',
      title: '',
      settings: { state: 'ended', directMessages: false },
      createdAt: 1_700_000_000_001,
    };
    await channels().remove(channel.id, remains);
    await channels().remove(channel.id, remains);
    expect(await channels().get(channel.id)).toEqual(remains);
    expect(await channels().revisions([channel.id])).toEqual(new Map());
    expect(await channels().member(channel.id, alice.id)).toBeUndefined();
    expect(await make({ id: channel.id })).toEqual(remains);
  });

  test('a removed channel takes its log, members, receipts and held messages with it, and no other’s', async () => {
    const [{ id }, other] = [await make(), await make()];
    const { held, log, receipts } = storage();
    const batch = (channel: string) => numbers(600).map((_, index) => message(channel, index + 1));
    await log.append([...batch(id), ...batch(other.id)]);
    await Promise.all([id, other.id].map((channel) => channels().putMember(channel, { user: alice.id, at: 1 })));
    await receipts.merge([id, other.id].map((channel) => ({ channel, user: alice.id, delivered: 3, read: 3, at: 1 })));
    for (const channel of [id, other.id])
      await held.put({ channel, sender: alice, key: 'k', text: 'unwanted', at: 1, state: 'waiting' });
    await channels().remove(id);
    expect(await held.list(id, 5)).toEqual([]);
    expect(await held.list(other.id, 5)).toHaveLength(1);
    expect(await channels().get(id)).toBeUndefined();
    expect(await channels().member(id, alice.id)).toBeUndefined();
    expect(await receipts.ofChannel(id)).toEqual(new Map());
    expect(await log.heads([id, other.id])).toEqual(
      new Map([
        [id, 0],
        [other.id, 600],
      ]),
    );
    expect((await log.search({ channels: [id], words: 'message', limit: 5 })).messages).toEqual([]);
    expect(await channels().members(other.id, 5)).toHaveLength(1);
  });
}
