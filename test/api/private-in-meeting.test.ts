import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSite, refused, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

type Made = { id: string };
const forbidden = { ok: false, error: { code: 'forbidden' } };
const organizer = (sub: string, meeting: string) => ({ sub, meetings: { [meeting]: 'organizer' as const } });
const participant = (sub: string, meeting: string) => ({ sub, meetings: { [meeting]: 'participant' as const } });

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
