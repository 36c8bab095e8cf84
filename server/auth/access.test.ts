import { describe, expect, it } from 'vitest';
import type { ChannelKind, Role } from '../../protocol/entities.ts';
import type { StoredChannel, StoredMember } from '../storage/storage.ts';
import { isTombstone, standingOf, tombstoneOf } from './access.ts';
import type { Identity } from './identity.ts';

const identity = (named?: Role, service = false): Identity => ({
  user: 'bob',
  name: 'Bob',
  meetings: new Map(named === undefined ? [] : [['here', named]]),
  service,
  expiresAt: Number.MAX_SAFE_INTEGER,
});
const channel = (kind: ChannelKind): StoredChannel => ({
  id: 'here',
  kind,
  title: 'Here',
  settings: { state: 'open', directMessages: true },
  createdAt: 1,
  owner: 'alice',
});
const member = (given: Partial<StoredMember> = {}): StoredMember => ({
  user: 'bob',
  role: 'participant',
  joinedAt: 1,
  ...given,
});

describe('What somebody is in a meeting', () => {
  // What the token says, what the store says, and what they are.
  it.each<[Role | undefined, Partial<StoredMember> | undefined, Role | undefined]>([
    [undefined, undefined, undefined],
    ['participant', undefined, 'participant'],
    ['organizer', undefined, 'organizer'],
    // To have been there counts for nothing, nor does the role that one had.
    [undefined, { role: 'organizer' }, undefined],
    ['participant', { role: 'organizer' }, 'participant'],
    ['organizer', { role: 'participant' }, 'organizer'],
    // An invitation opens it, as a participant.
    [undefined, { invited: true }, 'participant'],
    [undefined, { invited: true, role: 'organizer' }, 'participant'],
    // What an organizer said wins over the token.
    [undefined, { invited: true, role: 'organizer', appointed: true }, 'organizer'],
    ['participant', { role: 'organizer', appointed: true }, 'organizer'],
    ['organizer', { role: 'participant', appointed: true }, 'participant'],
    // And a removal over everything.
    ['organizer', { removed: true }, undefined],
    ['organizer', { removed: true, role: 'organizer', invited: true, appointed: true }, undefined],
  ])('token %s, record %o: %s', (named, record, role) => {
    const standing = standingOf(identity(named), 'here', channel('meeting'), record && member(record));
    expect(standing?.role).toBe(role);
  });

  it('is written down where the store holds another role', () => {
    const at = (named: Role, record?: Partial<StoredMember>) =>
      standingOf(identity(named), 'here', channel('meeting'), record && member(record))?.newMember;
    expect(at('participant')).toBe(true);
    expect(at('participant', {})).toBe(false);
    expect(at('organizer', {})).toBe(true);
  });

  it('counts before anybody has described it', () => {
    expect(standingOf(identity('participant'), 'here', undefined, undefined)).toMatchObject({
      role: 'participant',
      newChannel: true,
      channel: { kind: 'meeting', title: 'here' },
    });
  });
});

describe('What somebody is in a group or a direct channel', () => {
  it.each<[ChannelKind, Partial<StoredMember> | undefined, Role | undefined]>([
    ['group', undefined, undefined],
    ['group', {}, 'participant'],
    ['group', { role: 'organizer' }, 'organizer'],
    ['group', { removed: true }, undefined],
    ['direct', undefined, undefined],
    ['direct', {}, 'participant'],
  ])('%s, record %o: %s, whatever the token names', (kind, record, role) => {
    for (const named of [undefined, 'participant', 'organizer'] as const) {
      const standing = standingOf(identity(named), 'here', channel(kind), record && member(record));
      expect(standing?.role).toBe(role);
    }
  });
});

describe('A backend', () => {
  it('may enter whatever there is, and is nobody’s member by it', () => {
    expect(standingOf(identity(undefined, true), 'here', channel('group'), undefined)).toMatchObject({
      role: 'organizer',
      newMember: false,
    });
  });
});

describe('A deleted channel', () => {
  it('is closed to everybody', () => {
    const tombstone = tombstoneOf('here', 'alice', 1);
    expect(isTombstone(tombstone)).toBe(true);
    expect(isTombstone(channel('group'))).toBe(false);
    for (const who of [identity('organizer'), identity('organizer', true)]) {
      expect(standingOf(who, 'here', tombstone, member({ role: 'organizer' }))).toBeUndefined();
    }
  });
});

describe('A name of a direct channel', () => {
  it('makes no meeting, whoever’s token names it', () => {
    const named = { ...identity(), meetings: new Map([['direct:x', 'organizer' as const]]) };
    expect(standingOf(named, 'direct:x', undefined, undefined)).toBeUndefined();
  });
});
