import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestClient } from '../client.ts';
import { token } from '../tokens.ts';
import { listen, openSite, refused, type Site, says } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

const forbidden = { ok: false, error: { code: 'forbidden' } };
const organizer = (sub: string, ...meetings: string[]) => ({
  sub,
  meetings: Object.fromEntries(meetings.map((id) => [id, 'organizer' as const])),
});
const participant = (sub: string, ...meetings: string[]) => ({ sub, meetings });
const group = async (owner: string, ...members: string[]): Promise<string> => {
  const { body } = await site.ask(owner, 'POST', '/channels', { title: 'A group' });
  const { id } = body as { id: string };
  for (const user of members) await site.ask(owner, 'PUT', `/channels/${id}/members/${user}`);
  return id;
};

describe('R36: an organizer', () => {
  test('invites somebody whose token names nothing, and whoever is connected hears of it', async () => {
    const alice = organizer('alice', 'opening');
    await site.ask(alice, 'POST', '/channels/opening/messages', { text: 'before' });
    const bob = await site.connect('bob');
    const heard = listen(bob);
    expect(await bob.ask('join', { channel: 'opening' })).toMatchObject(forbidden);
    expect(await site.ask(alice, 'PUT', '/channels/opening/members/bob')).toMatchObject({
      status: 201,
      body: { user: 'bob', role: 'participant', state: 'online' },
    });
    expect(await heard.until('channel')).toMatchObject({ channel: { id: 'opening' } });
    await site.ask(alice, 'POST', '/channels/opening/messages', { text: 'after' });
    await heard.until('entries', says('after'));
    expect(heard.messages('opening').map(({ text }) => text)).toEqual(['after']);
    expect(await bob.command('join', { channel: 'opening', since: 0 })).toMatchObject({ entries: [{}, {}] });
    expect(await site.ask('bob', 'GET', '/channels')).toMatchObject({ body: { channels: [{ id: 'opening' }] } });
  });

  test('gives a role, which holds at once and against what the token says', async () => {
    const bob = await site.connect(participant('bob', 'roles'));
    await bob.command('join', { channel: 'roles' });
    const cara = await site.connect(participant('cara', 'roles'));
    await cara.command('join', { channel: 'roles' });
    const { seq } = await cara.send('roles', 'to be moderated');
    expect(await bob.ask('delete', { channel: 'roles', seq })).toMatchObject(forbidden);
    const heard = listen(cara);
    await site.ask(organizer('alice', 'roles'), 'PUT', '/channels/roles/members/bob', { role: 'organizer' });
    expect(await bob.ask('delete', { channel: 'roles', seq })).toMatchObject({ ok: true });
    const { members } = await heard.until(
      'presence',
      (event) => (event.members as { bob?: { role: string } }).bob?.role === 'organizer',
    );
    expect((members as { bob?: object }).bob).toEqual({
      name: 'bob',
      role: 'organizer',
      state: 'online',
      muted: false,
    });
    const again = await site.connect(participant('bob', 'roles'));
    expect(await again.command('join', { channel: 'roles' })).toMatchObject({ role: 'organizer' });
    await site.ask(organizer('alice', 'roles'), 'PUT', '/channels/roles/members/bob', { role: 'participant' });
    const named = await site.connect(organizer('bob', 'roles'));
    expect(await named.command('join', { channel: 'roles' })).toMatchObject({ role: 'participant' });
  });

  test('mutes and lets speak again, in mid-connection', async () => {
    const alice = organizer('alice', 'loud');
    const bob = await site.connect(participant('bob', 'loud'));
    await bob.command('join', { channel: 'loud' });
    const say = (key: string) => bob.ask('send', { channel: 'loud', key, text: key });
    const { seq } = await bob.send('loud', 'said before');
    await site.ask(alice, 'PUT', '/channels/loud/members/bob', { muted: true });
    expect(await say('a')).toMatchObject(forbidden);
    for (const [event, payload] of [
      ['edit', { seq, text: 'x' }],
      ['delete', { seq }],
      ['react', { seq, emoji: '👍', on: true }],
      ['typing', { on: true }],
    ] as const) {
      expect(await bob.ask(event, { channel: 'loud', ...payload })).toMatchObject(forbidden);
    }
    expect(await bob.ask('history', { channel: 'loud' })).toMatchObject({ ok: true });
    expect(await bob.command('join', { channel: 'loud' })).toMatchObject({ members: { bob: { muted: true } } });
    await site.ask(alice, 'PUT', '/channels/loud/members/bob', { muted: false });
    expect(await say('b')).toMatchObject({ ok: true });
    // To be muted is no invitation.
    const stranger = await site.connect('bob');
    expect(await stranger.ask('join', { channel: 'loud' })).toMatchObject(forbidden);
  });

  test('removes: not a byte more, on any connection, whatever the token names; other channels go on', async () => {
    const bob = participant('bob', 'hall', 'lobby');
    const [here, there] = [await site.connect(bob), await site.connect(bob)];
    const heard = [listen(here), listen(there)];
    for (const client of [here, there]) await client.command('join', { channel: 'hall' });
    await here.command('join', { channel: 'lobby' });
    const gone = new Promise((resolve) => there.socket.once('disconnect', resolve));
    const alice = await site.connect(organizer('alice', 'hall'));
    await alice.command('join', { channel: 'hall' });
    const { status } = await site.ask(organizer('alice', 'hall'), 'DELETE', '/channels/hall/members/bob');
    expect(status).toBe(204);
    await alice.send('hall', 'behind his back');
    for (const { until } of heard) expect(await until('left')).toEqual({ channel: 'hall', code: 'removed' });
    // The one that had nothing else is closed.
    expect(await heard[1]?.until('bye')).toMatchObject({ code: 'removed' });
    await gone;
    for (const event of ['join', 'sync', 'history', 'send', 'receipt'] as const) {
      const payload = { channel: 'hall', since: 0, key: 'k', text: 'x' };
      expect(await here.ask(event, payload)).toMatchObject(forbidden);
    }
    expect(await here.send('lobby', 'still here')).toMatchObject({ ok: true });
    expect(JSON.stringify(heard.map(({ events }) => events))).not.toContain('behind his back');
    expect(await site.ask(bob, 'GET', '/channels/hall/messages')).toMatchObject(refused(403, 'forbidden'));
    expect(JSON.stringify((await site.ask(bob, 'GET', '/search?q=back')).body)).not.toContain('back');
    // Until invited again.
    await site.ask(organizer('alice', 'hall'), 'PUT', '/channels/hall/members/bob');
    expect(await here.ask('join', { channel: 'hall' })).toMatchObject({ ok: true });
  });

  test('removed while joining is not left in', async () => {
    for (let round = 0; round < 20; round += 1) {
      const channel = `race-${round}`;
      const bob = await site.connect(participant('bob', channel));
      await site.ask(participant('bob', channel), 'POST', `/channels/${channel}/join`);
      const heard = listen(bob);
      const [joined] = await Promise.all([
        bob.ask('join', { channel }).catch(() => ({ ok: false })),
        site.ask(organizer('alice', channel), 'DELETE', `/channels/${channel}/members/bob`),
      ]);
      await site.ask(organizer('alice', channel), 'POST', `/channels/${channel}/messages`, { text: 'secret' });
      // Either the join came too late, or it was undone.
      if (joined.ok) await heard.until('left');
      expect(JSON.stringify(heard.events)).not.toContain('secret');
      bob.close();
    }
  });

  test('stays one where they own the group', async () => {
    const id = await group('olga', 'pete');
    await site.ask('olga', 'PUT', `/channels/${id}/members/pete`, { role: 'organizer' });
    expect(await site.ask('pete', 'DELETE', `/channels/${id}/members/olga`)).toMatchObject(refused(409, 'conflict'));
    expect(await site.ask('pete', 'PUT', `/channels/${id}/members/olga`, { role: 'participant' })).toMatchObject(
      refused(409, 'conflict'),
    );
    expect(await site.ask('pete', 'PUT', `/channels/${id}/members/olga`, { muted: true })).toMatchObject(
      refused(409, 'conflict'),
    );
    expect(await site.ask('olga', 'DELETE', `/channels/${id}/members/olga`)).toMatchObject(refused(409, 'conflict'));
    expect(await site.ask('pete', 'DELETE', `/channels/${id}/members/pete`)).toMatchObject({ status: 204 });
  });

  test('is nobody else: participants neither invite, nor mute, nor remove', async () => {
    const id = await group('olga', 'pete', 'quin');
    for (const [method, body] of [
      ['PUT', {}],
      ['PUT', { role: 'organizer' }],
      ['PUT', { muted: true }],
      ['DELETE', undefined],
    ] as const) {
      for (const user of ['quin', 'nobody-yet']) {
        expect(await site.ask('pete', method, `/channels/${id}/members/${user}`, body)).toMatchObject(
          refused(403, 'forbidden'),
        );
      }
    }
    expect(await site.ask('pete', 'PUT', `/channels/${id}/members/pete`, { role: 'organizer' })).toMatchObject(
      refused(403, 'forbidden'),
    );
  });

  test('of a direct channel there is none', async () => {
    const { body } = await site.ask('olga', 'POST', '/channels', { kind: 'direct', user: 'pete' });
    const { id } = body as { id: string };
    for (const [method, path, change] of [
      ['PATCH', '', { title: 'x' }],
      ['DELETE', '', undefined],
      ['PUT', '/members/mallory', {}],
      ['DELETE', '/members/pete', undefined],
      ['DELETE', '/members/olga', undefined],
    ] as const) {
      expect(await site.ask('olga', method, `/channels/${id}${path}`, change)).toMatchObject(refused(403, 'forbidden'));
    }
  });
});

describe('R37: what a token says', () => {
  test('counts as it says it now: the role of an earlier one is gone with it', async () => {
    const first = await site.connect(organizer('bob', 'shift'));
    expect(await first.command('join', { channel: 'shift' })).toMatchObject({ role: 'organizer' });
    const second = await site.connect(participant('bob', 'shift'));
    expect(await second.command('join', { channel: 'shift' })).toMatchObject({
      role: 'participant',
      members: { bob: { role: 'participant' } },
    });
    expect(await site.ask(participant('alice', 'shift'), 'GET', '/channels/shift')).toMatchObject({
      body: { members: { bob: { role: 'participant' } } },
    });
  });

  test('opens a meeting as long as it says so: having been there is no right to return', async () => {
    const bob = await site.connect(participant('bob', 'once-only'));
    await bob.command('join', { channel: 'once-only' });
    const later = await site.connect('bob');
    expect(await later.ask('join', { channel: 'once-only' })).toMatchObject(forbidden);
    expect(JSON.stringify((await site.ask('bob', 'GET', '/channels')).body)).not.toContain('once-only');
  });

  test('opens meetings only: not a group whose id it names', async () => {
    const id = await group('olga');
    const mallory = organizer('mallory', id);
    await site.ask('olga', 'POST', `/channels/${id}/messages`, { text: 'marker' });
    expect(await (await site.connect(mallory)).ask('join', { channel: id })).toMatchObject(forbidden);
    for (const path of ['/search?q=marker', '/channels', '/messages/mallory']) {
      expect(JSON.stringify((await site.ask(mallory, 'GET', path)).body)).not.toContain('marker');
    }
  });
});

describe('R38: a token renewed without a new connection', () => {
  test('goes on, and takes the connection out of what it does not name any more', async () => {
    const bob = await site.connect(participant('bob', 'morning', 'noon'));
    const heard = listen(bob);
    await bob.command('join', { channel: 'morning' });
    await bob.command('join', { channel: 'noon' });
    const { expiresAt } = await bob.command('authenticate', { token: token(participant('bob', 'noon')) });
    expect(expiresAt).toBeGreaterThan(Date.now());
    expect(await heard.until('left')).toEqual({ channel: 'morning', code: 'removed' });
    await site.ask(organizer('alice', 'morning'), 'POST', '/channels/morning/messages', { text: 'without bob' });
    expect(await bob.ask('send', { channel: 'morning', key: 'k', text: 'x' })).toMatchObject(forbidden);
    expect(await bob.send('noon', 'with bob')).toMatchObject({ ok: true });
    expect(heard.messages('morning')).toEqual([]);
  });

  test('must be of the same user, and good', async () => {
    const bob = await site.connect(participant('bob', 'noon'));
    for (const bad of [
      token({ sub: 'alice' }),
      'nonsense',
      token({ sub: 'bob' }, 'another-key-of-32-bytes-or-more-00'),
    ])
      expect(await bob.ask('authenticate', { token: bad })).toMatchObject({ error: { code: 'unauthorized' } });
    expect(await bob.send('noon', 'still bob')).toMatchObject({ ok: true });
  });

  test('or not renewed: the connection is told that it has expired, and ends', async () => {
    const soon = Math.floor(Date.now() / 1_000) + 4;
    const bob = new TestClient(site.url, token({ ...participant('bob', 'noon'), exp: soon }));
    const heard = listen(await bob.connected());
    const ended = new Promise((resolve) => bob.socket.once('disconnect', resolve));
    expect(await heard.until('bye')).toMatchObject({ code: 'expired' });
    await ended;
    bob.close();
    expect(Date.now()).toBeGreaterThanOrEqual(soon * 1_000);
  });
});
