import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { triesAllowed } from '../../server/auth/passcode-tries.ts';
import { listen, openSite, refused, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

type Made = { id: string };
const make = async (who: string, body: object): Promise<string> =>
  ((await site.ask(who, 'POST', '/channels', body)).body as Made).id;
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

describe('R27: a group', () => {
  test('has a UUID and its maker as organizer, who is told of with the time they joined', async () => {
    const { status, body } = await site.ask('alice', 'POST', '/channels', { title: 'Climbers' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      kind: 'group',
      title: 'Climbers',
      role: 'organizer',
      passcode: false,
      members: { alice: { role: 'organizer' } },
    });
    const put = await site.ask('alice', 'PUT', `/channels/${(body as Made).id}/members/bob`);
    expect(put).toMatchObject({ status: 201, body: { user: 'bob', joinedAt: expect.any(Number) } });
  });

  test('is entered by its passcode, over HTTP and by join', async () => {
    const id = await make('alice', { title: 'Secret', passcode: 'open sesame' });
    expect(await site.ask('bob', 'GET', `/channels/${id}`)).toMatchObject(refused(403, 'forbidden'));
    expect(await site.ask('bob', 'POST', `/channels/${id}/join`, { passcode: 'open sesame' })).toMatchObject({
      status: 200,
      body: { role: 'participant', members: { bob: {} } },
    });
    const cara = await site.connect('cara');
    expect(await cara.ask('join', { channel: id, passcode: 'shut' })).toMatchObject(forbidden);
    expect(await cara.ask('join', { channel: id, passcode: 'open sesame' })).toMatchObject({ ok: true });
    // A member for good: without it the next time.
    expect(await cara.ask('join', { channel: id })).toMatchObject({ ok: true });
  });

  test('answers a wrong passcode, none, and an unknown id alike', async () => {
    const id = await make('alice', { title: 'Secret', passcode: 'open sesame' });
    const none = await make('alice', { title: 'By invitation' });
    const answers = await Promise.all([
      site.ask('dan', 'POST', `/channels/${id}/join`, { passcode: 'wrong' }),
      site.ask('dan', 'POST', `/channels/${none}/join`, { passcode: 'wrong' }),
      site.ask('dan', 'POST', '/channels/unknown/join', { passcode: 'wrong' }),
      site.ask('dan', 'POST', `/channels/${id}/join`),
      site.ask('dan', 'GET', '/channels/unknown'),
    ]);
    expect(answers[0]).toMatchObject(refused(403, 'forbidden'));
    expect(new Set(answers.map(({ status, body }) => JSON.stringify({ status, body }))).size).toBe(1);
  });

  test('limits the tries', async () => {
    const id = await make('alice', { title: 'Secret', passcode: 'open sesame' });
    const attempt = (passcode: string) => site.ask('eve', 'POST', `/channels/${id}/join`, { passcode });
    const tries = await Promise.all(Array.from({ length: triesAllowed.perUser + 3 }, (_, i) => attempt(`guess ${i}`)));
    const limited = tries.filter(({ status }) => status === 429);
    expect(limited).toHaveLength(3);
    expect(limited[0]).toMatchObject(refused(429, 'rate_limited'));
    expect(Number(limited[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    // The right one is not looked at either.
    expect(await attempt('open sesame')).toMatchObject(refused(429, 'rate_limited'));
    expect(await site.ask('fay', 'POST', `/channels/${id}/join`, { passcode: 'open sesame' })).toMatchObject({
      status: 200,
    });
  });

  test('has its passcode changed and taken away by an organizer', async () => {
    const id = await make('alice', { title: 'Secret', passcode: 'first' });
    await site.ask('alice', 'PATCH', `/channels/${id}`, { passcode: 'second' });
    expect(await site.ask('gil', 'POST', `/channels/${id}/join`, { passcode: 'first' })).toMatchObject({ status: 403 });
    expect(await site.ask('gil', 'POST', `/channels/${id}/join`, { passcode: 'second' })).toMatchObject({
      status: 200,
    });
    expect(await site.ask('alice', 'PATCH', `/channels/${id}`, { passcode: null })).toMatchObject({
      body: { passcode: false },
    });
    expect(await site.ask('hal', 'POST', `/channels/${id}/join`, { passcode: 'second' })).toMatchObject({
      status: 403,
    });
    expect(await site.ask('alice', 'PATCH', '/channels/standup', { passcode: 'first' })).toMatchObject({ status: 403 });
  });

  test('never tells its passcode or anything made of it', async () => {
    const id = await make('alice', { title: 'Secret', passcode: 'open sesame' });
    const told = JSON.stringify([
      await site.ask('alice', 'GET', `/channels/${id}`),
      await site.ask('alice', 'GET', '/channels'),
      await (await site.connect('alice')).command('join', { channel: id }),
    ]);
    expect(told).not.toMatch(/sesame|scrypt/);
  });
});

describe('R33: the list of channels', () => {
  test('has the last message, the unread ones of others, and who the other one is', async () => {
    const id = await make('ivy', { title: 'News' });
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

describe('R27: a title', () => {
  test('is one line that can be read, and turns nothing beside it around', async () => {
    const make = (title: string) => site.ask('alice', 'POST', '/channels', { title });
    expect(await make(' Plan\n\u202Efor\0 us\u2028 ')).toMatchObject({ status: 201, body: { title: 'Plan for us' } });
    for (const title of ['\0', '\u200B', '\u202E', '\u3164\u2800']) {
      expect(await make(title)).toMatchObject(refused(400, 'invalid'));
      expect(await site.ask('alice', 'POST', '/channels', { kind: 'meeting', title })).toMatchObject(
        refused(400, 'invalid'),
      );
    }
    const { body } = await make('Plan');
    const at = `/channels/${(body as Made).id}`;
    expect(await site.ask('alice', 'PATCH', at, { title: '\0' })).toMatchObject(refused(400, 'invalid'));
    expect(await site.ask('alice', 'PATCH', at, { title: 'Pl\0an' })).toMatchObject({
      status: 200,
      body: { title: 'Plan', head: 0 },
    });
  });
});

describe('R26: a deleted channel', () => {
  test('is gone for everybody, at once and for good', async () => {
    const id = await make('alice', { title: 'Short-lived' });
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

describe('R28: private messages inside of a meeting', () => {
  const meeting = 'salon';
  const alice = organizer('alice', meeting);
  const bob = participant('bob', meeting);
  const cara = participant('cara', meeting);
  beforeAll(async () => {
    for (const who of [alice, bob, cara]) await site.ask(who, 'POST', `/channels/${meeting}/join`);
  });
  const open = (who: object, user: string) =>
    site.ask(who as typeof bob, 'POST', '/channels', { kind: 'direct', user, meeting });
  const allow = (directMessages: boolean) =>
    site.ask(alice, 'PATCH', `/channels/${meeting}`, { settings: { directMessages } });

  test('have a channel of their own, that knows its meeting', async () => {
    const { body } = await open(bob, 'cara');
    expect(body).toMatchObject({ kind: 'direct', settings: { meeting, between: ['bob', 'cara'] } });
    const elsewhere = await site.ask('bob', 'POST', '/channels', { kind: 'direct', user: 'cara' });
    expect((elsewhere.body as Made).id).not.toBe((body as Made).id);
    expect((await open(cara, 'bob')).body).toMatchObject({ id: (body as Made).id });
  });

  test('are turned off and on by its organizers, who may write all the same', async () => {
    const { id } = (await open(bob, 'cara')).body as Made;
    const { id: withAlice } = (await open(bob, 'alice')).body as Made;
    const client = await site.connect(bob);
    await client.command('join', { channel: id });
    expect(await client.ask('send', { channel: id, key: 'a', text: 'psst' })).toMatchObject({ ok: true });
    await allow(false);
    expect(await client.ask('send', { channel: id, key: 'b', text: 'psst' })).toMatchObject(forbidden);
    expect(await client.ask('history', { channel: id })).toMatchObject({ ok: true });
    expect(await open(bob, 'cara')).toMatchObject(refused(403, 'forbidden'));
    expect(await site.ask(alice, 'POST', `/channels/${withAlice}/messages`, { text: 'please not now' })).toMatchObject({
      status: 201,
    });
    await allow(true);
    expect(await client.ask('send', { channel: id, key: 'c', text: 'psst' })).toMatchObject({ ok: true });
  });

  test('are with members of the meeting only, and end with one’s own right to be in it', async () => {
    expect(await open(bob, 'stranger')).toMatchObject(refused(403, 'forbidden'));
    expect(await open({ sub: 'stranger' }, 'bob')).toMatchObject(refused(403, 'forbidden'));
    const { id } = (await open(bob, 'cara')).body as Made;
    expect(await site.ask('bob', 'POST', `/channels/${id}/messages`, { text: 'without the meeting' })).toMatchObject(
      refused(403, 'forbidden'),
    );
  });
});
