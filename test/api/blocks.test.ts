import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlainMessage } from '../../protocol/http.ts';
import { listen, openSite, refused, type Site, says } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

const block = (who: string, user: string) => site.ask(who, 'PUT', `/users/me/blocked/${user}`);
const unblock = (who: string, user: string) => site.ask(who, 'DELETE', `/users/me/blocked/${user}`);
const write = (from: string, to: string, text: string) =>
  site.ask(from, 'POST', '/messages', { sender_ID: from, receiver_ID: to, type: 'text', text });

describe('R35: a blocked user', () => {
  test('is on the list of whoever blocked them, until they are taken off', async () => {
    expect(await block('ann', 'bert')).toMatchObject({ status: 204 });
    expect(await block('ann', 'bert')).toMatchObject({ status: 204 });
    expect(await site.ask('ann', 'GET', '/users/me/blocked')).toMatchObject({ body: { blocked: ['bert'] } });
    expect(await unblock('ann', 'bert')).toMatchObject({ status: 204 });
    expect(await site.ask('ann', 'GET', '/users/me/blocked')).toMatchObject({ body: { blocked: [] } });
    expect(await block('ann', 'ann')).toMatchObject(refused(400, 'invalid'));
    expect(await block('ann', 'not%20an%20id')).toMatchObject(refused(400, 'invalid'));
  });

  test('has their direct messages refused like any other refusal, at once, also on a connection that stands', async () => {
    const { body } = await write('carl', 'dora', 'before');
    const { channel } = body as PlainMessage;
    const carl = await site.connect('carl');
    await carl.command('join', { channel });
    expect(await carl.ask('send', { channel, key: 'a', text: 'x' })).toMatchObject({ ok: true });
    await block('dora', 'carl');
    const refusal = await carl.ask('send', { channel, key: 'b', text: 'x' });
    expect(refusal).toEqual({ ok: false, error: { code: 'forbidden', message: 'This is not allowed to you.' } });
    const overHttp = await write('carl', 'dora', 'x');
    expect(overHttp).toMatchObject(refused(403, 'forbidden'));
    // As when an organizer has muted them.
    expect((overHttp.body as { error: object }).error).toEqual(refusal.ok ? undefined : refusal.error);
    expect(await write('dora', 'carl', 'the other way')).toMatchObject({ status: 201 });
    await unblock('dora', 'carl');
    expect(await carl.ask('send', { channel, key: 'c', text: 'x' })).toMatchObject({ ok: true });
  });

  test('makes no channel with whoever blocked them', async () => {
    await block('hugo', 'ivan');
    expect(await write('ivan', 'hugo', 'let me in')).toMatchObject(refused(403, 'forbidden'));
    const made = await site.ask('ivan', 'POST', '/channels', { kind: 'direct', user: 'hugo' });
    expect(made).toMatchObject(refused(403, 'forbidden'));
    expect(await site.ask('hugo', 'GET', '/channels')).toMatchObject({ body: { channels: [] } });
    expect(await write('hugo', 'ivan', 'the other way')).toMatchObject({ status: 201 });
  });

  test('is hidden from the blocker and from nobody else, live and read later, and seq has no gap', async () => {
    const meeting = 'forum';
    const claims = (sub: string) => ({ sub, name: `Name of ${sub}`, meetings: [meeting] });
    const [eva, finn, gita] = [
      await site.connect(claims('eva')),
      await site.connect(claims('finn')),
      await site.connect(claims('gita')),
    ];
    for (const client of [eva, finn, gita]) await client.command('join', { channel: meeting });
    await block('eva', 'finn');
    const [evas, gitas] = [listen(eva), listen(gita)];
    await finn.send(meeting, 'rude words');
    await gita.send(meeting, 'kind words');
    await evas.until('entries', says('kind words'));
    await gitas.until('entries', says('rude words'));
    expect(evas.messages(meeting)).toEqual([
      { seq: 1, text: '' },
      { seq: 2, text: 'kind words' },
    ]);
    const hidden = { seq: 1, type: 'message', text: '', hidden: true, sender: { id: 'finn', name: '' } };
    expect(await eva.command('sync', { channel: meeting, since: 0 })).toMatchObject({ entries: [hidden, { seq: 2 }] });
    expect(await eva.command('history', { channel: meeting })).toMatchObject({ messages: [hidden, { seq: 2 }] });
    expect(await eva.command('join', { channel: meeting, since: 0 })).toMatchObject({ entries: [hidden, { seq: 2 }] });
    expect(await eva.command('search', { q: 'words' })).toMatchObject({ messages: [{ seq: 2 }] });
    expect(await site.ask(claims('eva'), 'GET', `/channels/${meeting}/messages`)).toMatchObject({
      body: { messages: [hidden, { seq: 2 }] },
    });
    expect(await site.ask(claims('eva'), 'GET', '/channels')).toMatchObject({
      body: { channels: [{ id: meeting, unread: 1, last: { seq: 2 } }] },
    });
    expect(await site.ask(claims('eva'), 'GET', '/messages/eva')).toMatchObject({ body: [{ text: 'kind words' }] });
    expect(await gita.command('sync', { channel: meeting, since: 0 })).toMatchObject({
      entries: [{ text: 'rude words' }, { seq: 2 }],
    });
    const told = JSON.stringify([evas.events, await eva.command('join', { channel: meeting, since: 0 })]);
    expect(told).not.toContain('rude');
    await unblock('eva', 'finn');
    expect(await eva.command('sync', { channel: meeting, since: 0 })).toMatchObject({
      entries: [{ text: 'rude words', sender: { name: 'Name of finn' } }, { seq: 2 }],
    });
  });

  test('changes, reacts, types and reads unseen by the blocker', async () => {
    const meeting = 'quiet';
    const claims = (sub: string) => ({ sub, meetings: [meeting] });
    const [hugo, iris, jack] = [
      await site.connect(claims('hugo')),
      await site.connect(claims('iris')),
      await site.connect(claims('jack')),
    ];
    await block('hugo', 'iris');
    for (const client of [hugo, iris, jack]) await client.command('join', { channel: meeting });
    const [hugos, jacks] = [listen(hugo), listen(jack)];
    const first = await iris.send(meeting, 'one');
    await iris.command('edit', { channel: meeting, seq: first.seq, text: 'edited marker' });
    const own = await hugo.send(meeting, 'hugo says');
    await iris.command('react', { channel: meeting, seq: own.seq, emoji: '🦄', on: true });
    await jack.command('react', { channel: meeting, seq: own.seq, emoji: '👍', on: true });
    await iris.ask('typing', { channel: meeting, on: true });
    await iris.command('receipt', { channel: meeting, read: own.seq });
    await jack.command('receipt', { channel: meeting, read: own.seq });
    await jacks.until('receipts', ({ receipts }) => 'iris' in (receipts as object));
    await jacks.until('typing', ({ user }) => user === 'iris');
    await hugos.until('receipts', ({ receipts }) => 'jack' in (receipts as object));
    expect(JSON.stringify(hugos.events.filter(({ name }) => name !== 'entries'))).not.toContain('iris');
    const entries = hugos.events.filter(({ name }) => name === 'entries').flatMap(({ data }) => data.entries);
    expect(entries).toMatchObject([
      { seq: 1, type: 'message', text: '', hidden: true },
      { seq: 2, type: 'edit', text: '', hidden: true },
      { seq: 3, type: 'message', text: 'hugo says' },
      { seq: 4, type: 'reaction', reactions: {} },
      { seq: 5, type: 'reaction', reactions: { '👍': ['jack'] } },
    ]);
    expect(JSON.stringify(entries)).not.toContain('marker');
    const joined = await hugo.command('join', { channel: meeting });
    expect(joined.receipts).toEqual({ jack: { delivered: 3, read: 3 } });
    expect(joined.members.iris).toMatchObject({ state: 'offline' });
    expect(joined.members.jack).toMatchObject({ state: 'online' });
    const seen = await site.ask(claims('hugo'), 'GET', `/channels/${meeting}/messages/${own.seq}/receipts`);
    expect(Object.keys((seen.body as { members: object }).members)).toEqual(['jack']);
  });
});
