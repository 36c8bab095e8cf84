import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { groupBy, listen, openSite, refused, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

const forbidden = { ok: false, error: { code: 'forbidden' } };
const organizer = (sub: string, meeting: string) => ({ sub, meetings: { [meeting]: 'organizer' as const } });
const participant = (sub: string, meeting: string) => ({ sub, meetings: { [meeting]: 'participant' as const } });

describe('R26: a meeting', () => {
  test('is made by the first entry into it, and called by its id until it has a title', async () => {
    const alice = await site.connect(organizer('alice', 'standup'));
    const joined = await alice.command('join', { channel: 'standup' });
    expect(joined).toMatchObject({ role: 'organizer', channel: { kind: 'meeting', title: 'standup' } });
    const { body } = await site.ask(organizer('alice', 'standup'), 'GET', '/channels');
    expect(body).toMatchObject({ channels: [{ id: 'standup', unread: 0 }] });
  });

  test('is made by POST /channels too, by a name of its own or one that the token gives to its organizer', async () => {
    const { status, body } = await site.ask('alice', 'POST', '/channels', { kind: 'meeting', title: 'Ad hoc' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ kind: 'meeting', title: 'Ad hoc', role: 'organizer' });
    const named = { kind: 'meeting', id: 'retro', title: 'Retro' };
    expect(await site.ask('alice', 'POST', '/channels', named)).toMatchObject(refused(403, 'forbidden'));
    expect(await site.ask(participant('bob', 'retro'), 'POST', '/channels', named)).toMatchObject(
      refused(403, 'forbidden'),
    );
    expect(await site.ask(organizer('alice', 'retro'), 'POST', '/channels', named)).toMatchObject({
      status: 201,
      body: { id: 'retro', title: 'Retro' },
    });
    expect(await site.ask(organizer('alice', 'retro'), 'POST', '/channels', named)).toMatchObject(
      refused(409, 'conflict'),
    );
  });

  test('has its title and its state changed by an organizer, which everybody in it hears at once', async () => {
    const bob = await site.connect(participant('bob', 'planning'));
    await bob.command('join', { channel: 'planning' });
    const heard = listen(bob);
    const patch = { title: 'Planning, week 3', settings: { state: 'closed' } };
    const { status, body } = await site.ask(organizer('alice', 'planning'), 'PATCH', '/channels/planning', patch);
    expect(status).toBe(200);
    expect(body).toMatchObject({ title: 'Planning, week 3', settings: { state: 'closed', directMessages: true } });
    expect(await heard.until('channel')).toMatchObject({
      channel: { title: 'Planning, week 3', settings: { state: 'closed' } },
    });
    await expect
      .poll(() => heard.events.filter(({ name }) => name === 'entries').flatMap(({ data }) => data.entries))
      .toMatchObject([
        { type: 'system', event: 'title', value: 'Planning, week 3', by: 'alice' },
        { type: 'system', event: 'state', value: 'closed', by: 'alice' },
      ]);
  });

  test('closed is read only but for organizers, ended for all, and open again as before', async () => {
    const meeting = 'lifecycle';
    const bob = await site.connect(participant('bob', meeting));
    const alice = await site.connect(organizer('alice', meeting));
    const say = (client: typeof bob, key: string) => client.ask('send', { channel: meeting, key, text: key });
    const set = (state: string) => site.ask(organizer('alice', meeting), 'PATCH', `/channels/${meeting}`, { state });
    await bob.command('join', { channel: meeting });
    expect(await say(bob, 'a')).toMatchObject({ ok: true });
    await set('closed');
    expect(await say(bob, 'b')).toMatchObject({ ok: false, error: { code: 'closed' } });
    expect(await say(alice, 'c')).toMatchObject({ ok: true });
    expect(
      await site.ask(participant('bob', meeting), 'POST', `/channels/${meeting}/messages`, { text: 'x' }),
    ).toMatchObject(refused(409, 'closed'));
    await set('ended');
    expect(await say(alice, 'd')).toMatchObject({ ok: false, error: { code: 'closed' } });
    expect(await bob.ask('history', { channel: meeting })).toMatchObject({ ok: true });
    await set('open');
    expect(await say(bob, 'e')).toMatchObject({ ok: true });
  });

  test('many at once do not mix', async () => {
    const ids = Array.from({ length: 5 }, (_, i) => `room-${i}`);
    const people = await Promise.all(
      ids.map(async (id) => {
        const client = await site.connect(participant('walker', id));
        await client.command('join', { channel: id });
        return { id, client, heard: listen(client) };
      }),
    );
    await Promise.all(people.map(({ client, id }) => client.send(id, `only in ${id}`)));
    for (const { id, heard } of people) {
      await expect.poll(() => heard.messages(id).length).toBe(1);
      expect(heard.events.every(({ data }) => data.channel === id)).toBe(true);
    }
  });
});

describe('R33: the list of channels', () => {
  test('has the last message, the unread ones of others, and who the other one is', async () => {
    const id = await groupBy(site, 'ivy', { title: 'News' });
    await site.ask('ivy', 'PUT', `/channels/${id}/members/jon`);
    for (const text of ['one', 'two', 'three']) await site.ask('ivy', 'POST', `/channels/${id}/messages`, { text });
    await site.ask('jon', 'POST', `/channels/${id}/messages`, { text: 'mine' });
    await site.ask('jon', 'PUT', `/channels/${id}/receipt`, { read: 1 });
    await site.ask({ sub: 'ivy', name: 'Ivy' }, 'POST', '/messages', {
      sender_ID: 'ivy',
      receiver_ID: 'jon',
      type: 'text',
      text: 'psst',
    });
    const { body } = await site.ask('jon', 'GET', '/channels');
    expect(body).toMatchObject({
      channels: [
        { kind: 'direct', unread: 1, last: { text: 'psst' }, with: { id: 'ivy', name: 'Ivy', state: 'offline' } },
        { id, unread: 2, receipt: { delivered: 1, read: 1 }, last: { text: 'mine' }, head: 4 },
      ],
    });
  });

  test('holds a meeting that the token names, also before anybody came, and no other', async () => {
    const { body } = await site.ask({ sub: 'new', meetings: ['tomorrow'] }, 'GET', '/channels');
    expect(body).toMatchObject({ channels: [{ id: 'tomorrow', title: 'tomorrow', unread: 0, head: 0 }] });
    expect(await site.ask('new', 'GET', '/channels')).toMatchObject({ body: { channels: [] } });
  });
});

describe('R26: a deleted channel', () => {
  test('is gone for everybody, at once and for good', async () => {
    const id = await groupBy(site, 'alice', { title: 'Short-lived' });
    await site.ask('alice', 'PUT', `/channels/${id}/members/bob`);
    const bob = await site.connect('bob');
    await bob.command('join', { channel: id });
    await bob.command('join', { channel: 'elsewhere' }).catch(() => undefined);
    await bob.send(id, 'a word');
    const heard = listen(bob);
    expect(await site.ask('bob', 'DELETE', `/channels/${id}`)).toMatchObject(refused(403, 'forbidden'));
    expect(await site.ask('alice', 'DELETE', `/channels/${id}`)).toMatchObject({ status: 204, body: undefined });
    expect(await heard.until('left')).toEqual({ channel: id, code: 'deleted' });
    expect(await site.ask('alice', 'GET', `/channels/${id}`)).toMatchObject(refused(403, 'forbidden'));
    expect(await site.ask('alice', 'GET', '/search?q=word')).toMatchObject({ body: { messages: [] } });
  });

  test('takes its name with it: no log goes on where another ended', async () => {
    const alice = organizer('alice', 'once');
    await site.ask(alice, 'POST', '/channels/once/messages', { text: 'before' });
    await site.ask(alice, 'DELETE', '/channels/once');
    const client = await site.connect(alice);
    expect(await client.ask('join', { channel: 'once' })).toMatchObject(forbidden);
    expect(await site.ask(alice, 'POST', '/channels', { kind: 'meeting', id: 'once' })).toMatchObject(
      refused(409, 'conflict'),
    );
  });
});
