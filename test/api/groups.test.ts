import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { triesAllowed } from '../../server/auth/passcode-tries.ts';
import { groupBy, openSite, refused, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

type Made = { id: string };
const forbidden = { ok: false, error: { code: 'forbidden' } };

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
    const id = await groupBy(site, 'alice', { title: 'Secret', passcode: 'open sesame' });
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
    const id = await groupBy(site, 'alice', { title: 'Secret', passcode: 'open sesame' });
    const none = await groupBy(site, 'alice', { title: 'By invitation' });
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
    const id = await groupBy(site, 'alice', { title: 'Secret', passcode: 'open sesame' });
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
    const id = await groupBy(site, 'alice', { title: 'Secret', passcode: 'first' });
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
    const id = await groupBy(site, 'alice', { title: 'Secret', passcode: 'open sesame' });
    const told = JSON.stringify([
      await site.ask('alice', 'GET', `/channels/${id}`),
      await site.ask('alice', 'GET', '/channels'),
      await (await site.connect('alice')).command('join', { channel: id }),
    ]);
    expect(told).not.toMatch(/sesame|scrypt/);
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
